'use strict';

/** The middle value; of an even number of values, the mean of the two in the middle. */
function median(values) {
  if (values.length === 0) throw new RangeError('no values to take the median of');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of a/b, round by round: what slowed one round down slowed both of its runs. */
function medianRatio(a, b) {
  return medianOfRounds(a, b, (x, y) => x / y);
}

/** The median of a-b, round by round. */
function medianDifference(a, b) {
  return medianOfRounds(a, b, (x, y) => x - y);
}

function medianOfRounds(a, b, compare) {
  if (a.length !== b.length) throw new RangeError(`${a.length} runs cannot be paired with ${b.length}`);
  return median(a.map((value, round) => compare(value, b[round])));
}

/** The exponent e of y ~ x^e by least squares over the logarithms: 1 is linear, 2 is quadratic. */
function growthExponent(points) {
  if (points.length < 2) throw new RangeError('an exponent needs two points');
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)]);
  const mean = (index) => logs.reduce((sum, point) => sum + point[index], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return covariance / variance;
}

module.exports = { growthExponent, median, medianDifference, medianRatio };
