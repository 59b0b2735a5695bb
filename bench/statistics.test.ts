interface Statistics {
  median(values: readonly number[]): number;
  medianDifference(a: readonly number[], b: readonly number[]): number;
  medianRatio(a: readonly number[], b: readonly number[]): number;
  growthExponent(points: readonly (readonly [number, number])[]): number;
}

const { median, medianDifference, medianRatio, growthExponent } = jest.requireActual<Statistics>('./statistics');

describe('median', () => {
  it('is the middle of an odd number of values, by size and not by text', () => {
    expect(median([10, 9, 100])).toBe(10);
  });

  it('is the mean of the two in the middle of an even number', () => {
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  it('leaves its argument as it was, and refuses an empty one', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('the ratio', () => {
  it('is taken round by round, so that a slow round does not shift it', () => {
    expect(medianRatio([2, 20, 4], [1, 10, 2])).toBe(2);
    expect(medianRatio([2, 30, 4], [1, 10, 1])).toBe(3);
  });

  it('needs pairs', () => {
    expect(() => medianRatio([1, 2], [1])).toThrow(RangeError);
  });
});

describe('the difference', () => {
  it('is taken round by round, too', () => {
    expect(medianDifference([3, 30, 5], [1, 28, 4])).toBe(2);
  });

  it('needs pairs', () => {
    expect(() => medianDifference([1], [1, 2])).toThrow(RangeError);
  });
});

describe('the growth exponent', () => {
  const sizes = [1, 10, 100, 1000];
  const along = (grow: (size: number) => number) => growthExponent(sizes.map((size) => [size, grow(size)] as const));

  it.each([
    ['constant', (): number => 7, 0],
    ['linear', (size: number): number => 0.03 * size, 1],
    ['quadratic', (size: number): number => 5 * size ** 2, 2],
  ])('of %s growth', (_name, grow, exponent) => {
    expect(along(grow)).toBeCloseTo(exponent, 10);
  });

  it('needs two points', () => {
    expect(() => growthExponent([[1, 1]])).toThrow(RangeError);
  });
});
