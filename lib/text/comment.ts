/** Breaks of any YAML version, and characters that no editor shows: neither may end a comment early. */
const BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const HIDDEN = /[^\P{Cc}\t]|[\p{Cf}\p{Cs}\ufffe\uffff]/gu;

/** A text as `#` comment lines, for YAML, sysctl and the other files of a host that know this form. */
export function commentLines(text: string): string[] {
  return text.split(BREAK).map((line) => `# ${line.replace(HIDDEN, '\ufffd')}`.trimEnd());
}
