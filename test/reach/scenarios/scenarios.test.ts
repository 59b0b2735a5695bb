import { CHAPTERS } from './chapters';
import { answered, expected, PODS } from './world';

describe.each(CHAPTERS)('$title', ({ scenarios }) => {
  test.each(scenarios)('$name', (scenario) => {
    for (const probe of scenario.probes)
      expect([probe.traffic, PODS.join(' '), ...answered(scenario, probe)]).toEqual([
        probe.traffic,
        PODS.join(' '),
        ...expected(probe),
      ]);
  });
});

test('no two scenarios of a chapter have one name', () => {
  for (const { scenarios } of CHAPTERS) expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});
