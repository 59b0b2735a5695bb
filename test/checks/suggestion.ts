import { printPath, type Finding, type Suggestion } from '../../lib/spec/finding';

/** A value that a finding suggests, put in, removes it and brings none that was not there. */
export function suggestionsHold(
  findings: readonly Finding[],
  after: (suggestion: Suggestion) => readonly Finding[],
): void {
  const key = ({ code, at }: Finding) => `${code} ${at.map(printPath).join(' ')}`;
  const keys = findings.map(key);
  for (const finding of findings) {
    if (finding.suggest === undefined) continue;
    const others = keys.filter((one) => one !== key(finding));
    const left = after(finding.suggest).map(key);
    expect({ finding, after: left.filter((one) => !others.includes(one)) }).toEqual({ finding, after: [] });
  }
}
