import { FINDING_CODES } from '../../lib/spec/finding';
import { faultOfWording } from './wording';
import { readFixtures, run } from './fixture';
import { suggestionsHold } from './suggestion';

const fixtures = readFixtures();

test('every code has a fixture: a fault, and what is nearly the fault', () => {
  const shown = new Set(fixtures.map(({ code }) => code));
  expect(FINDING_CODES.filter((code) => !shown.has(code))).toEqual([]);
});

describe.each(fixtures)('$file', (fixture) => {
  const { code, implied, marked, says } = fixture;
  const fault = () => run(fixture, 'fault').findings;
  const ofCode = () => fault().filter(({ finding }) => finding.code === code);

  test('the fault gives its code, and no other than those it brings with it', () => {
    const codes = new Set(fault().map(({ finding }) => finding.code));
    expect([...codes].sort()).toEqual([...new Set([code, ...implied])].sort());
  });

  test('what is nearly the fault is silent', () => {
    expect(run(fixture, 'near').findings.map(({ finding }) => `${finding.code}: ${finding.message}`)).toEqual([]);
  });

  test('the lines that are marked are named', () => {
    const lineOf = (place: string) => Number(new RegExp(`^${fixture.file}:(\\d+)`).exec(place)?.[1] ?? 0);
    const named = ofCode().map(({ places }) => places.map(lineOf).filter((line) => line > 0));
    if (named.flat().length > 0) expect({ marked }).not.toEqual({ marked: [] });
    expect(marked.filter((line) => !named.flat().includes(line))).toEqual([]);
  });

  test('the words are those of a person', () => {
    for (const { finding } of fault()) expect({ finding, wrong: faultOfWording(finding) }).toEqual({ finding });
    const text = ofCode()
      .map(({ finding }) => `${finding.message}\n${finding.fix ?? ''}`)
      .join('\n');
    for (const words of says) expect(text).toContain(words);
  });

  test('a suggested value, put in, removes the finding and brings no other', () => {
    if (fixture.of !== 'spec') return;
    suggestionsHold(
      fault().map(({ finding }) => finding),
      (suggestion) => run(fixture, 'fault', suggestion).findings.map(({ finding }) => finding),
    );
  });
});
