'use strict';

const { growthExponent } = require('./statistics');

/** What counts as linear: measured exponents scatter by a few hundredths. */
const linear = 1.1;

/** Every bound of the design's last table that these results can judge: what was measured beside what is allowed. */
function judge({ warm, cold, fleets }) {
  const ofFleet = (count) => fleets.find(({ clusters }) => clusters === count)?.results;
  const [thousand, fourThousand] = [ofFleet(1000), ofFleet(4000)];
  const bounds = [
    atMost('cold synth, warm bundle: CPU, × plain script', ratio(warm.results, 'plain'), 3.5),
    atMost('the same, aim', ratio(warm.results, 'plain'), 2.5),
    atMost('cold synth, no bundle: CPU, × plain script', ratio(cold.results, 'plain'), 5.5),
    atMost('cold synth, warm bundle: CPU, × kubectl kustomize', ratio(warm.results, 'kustomize'), 2 / 3),
    atMost('1,000 clusters: CPU, × plain script', ratio(thousand, 'plain'), 3.5),
    atMost('1,000 clusters: peak memory, MB', thousand?.wayleave.peakBytes / 1e6, 200),
    atMost('growth of CPU with clusters, exponent, all fleets', marginalExponent(fleets.slice(1), fleets[0]), linear),
    atMost(
      'growth of CPU with clusters, exponent, the two largest',
      marginalExponent(fleets.slice(-2), fleets[0]),
      linear,
    ),
    atMost(
      '4,000 clusters: peak memory, × that of 1,000',
      fourThousand?.wayleave.peakBytes / thousand?.wayleave.peakBytes,
      1.1,
    ),
  ];
  return bounds.filter(({ measured }) => Number.isFinite(measured));
}

/** A bound of the report. */
function atMost(what, measured, limit) {
  return { what, measured, limit, held: measured <= limit };
}

function ratio(results, rival) {
  return results?.[rival] === undefined ? NaN : results.wayleave.ratioTo(results[rival]);
}

/** The exponent of what each cluster beyond `base` costs: that leaves out the start of the program. */
function marginalExponent(fleets, base) {
  const points = fleets.map(({ clusters, results }) => [
    clusters - base.clusters,
    results.wayleave.cpuSeconds - base.results.wayleave.cpuSeconds,
  ]);
  return growthExponent(points);
}

module.exports = { atMost, judge };
