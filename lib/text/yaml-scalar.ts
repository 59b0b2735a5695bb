/**
 * Strings as YAML scalars that mean the same to every reader of YAML 1.1 and 1.2.
 * What is plain is listed; whatever is not on the list is quoted.
 */

/** Words that a reader of one of the two versions takes for a boolean or for nothing, in any case of letters. */
const WORDS = 'y|n|yes|no|on|off|true|false|null';

/** What a reader of YAML 1.1 may take for a float without digits before its exponent: the package `yaml` does. */
const BARE_EXPONENT = String.raw`e[-+]?\d+`;

/**
 * A plain scalar starts with a letter, `_`, `/`, `--` and a letter, or with digits and a slash further on: no number,
 * date or sexagesimal (YAML 1.1, "Language-Independent Types") holds a slash. After that printable ASCII, except a
 * colon before a space or at the end, a `#` after a space, and a space at the end.
 */
const PLAIN = new RegExp(
  String.raw`^(?!(?:${WORDS}|${BARE_EXPONENT})$)(?:[a-z_/]|--[a-z]|\d[\w.:-]*\/)[!-9;-~]*(?:(?::(?=[!-~])| (?=[ !"$-~]))[!-9;-~]*)*$`,
  'i',
);

/** What an editor does not show, and the breaks that only one of the versions knows (NEL, U+2028, U+2029). */
const HIDDEN = String.raw`\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff`;
const ESCAPED = new RegExp(String.raw`["\\\p{Cc}${HIDDEN}]`, 'u');
const EVERY_ESCAPED = new RegExp(ESCAPED, 'gu');
const LONE_SURROGATE = /\p{Cs}/u;

/** What a literal block cannot hold: it knows no escapes, and of the control characters only tab and line feed. */
const NOT_LITERAL = new RegExp(String.raw`[^\P{Cc}\t\n]|[\p{Cs}${HIDDEN}]`, 'u');

/** A line of nothing but white space: readers differ on how much of it is indentation. */
const BLANK_LINE = /(?:^|\n)[ \t]+(?:\n|$)/;

/** Readers must not take a longer implicit key (YAML 1.2, section 7.4.2: 1024 characters, quotes and escapes included). */
const LONGEST_KEY = 1024;

/** A string on one line. @throws RangeError for half of a surrogate pair, which no UTF-8 file can hold */
export function yamlString(text: string): string {
  return PLAIN.test(text) ? text : quoted(text);
}

/** A key with its colon. A key too long for one line's key takes the explicit form, `? key` above `:`. */
export function yamlKey(key: string, indent: string): string {
  const written = yamlString(key);
  return written.length <= LONGEST_KEY ? `${written}:` : `? ${written}\n${indent}:`;
}

/**
 * A text of several lines as a literal block, its lines behind `indent`; undefined where a block would not give it
 * back exactly. `indent` is two spaces deeper than what the block belongs to.
 */
export function literalBlock(text: string, indent: string): string | undefined {
  if (NOT_LITERAL.test(text) || BLANK_LINE.test(text)) return undefined;
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === LINE_FEED) end--;
  if (end === 0) return undefined;
  const chomping = end === text.length ? '-' : end === text.length - 1 ? '' : '+';
  // Readers find the indentation by the first line that is not empty, so one that starts with white space hides it.
  const indicator = /^[ \t\n]/.test(text) ? '2' : '';
  const lines = text.slice(0, end).replace(/\n(?=[^\n])/g, `\n${indent}`);
  const first = text.charCodeAt(0) === LINE_FEED ? '' : indent;
  return `|${indicator}${chomping}\n${first}${lines}${text.slice(end + 1)}`;
}

const LINE_FEED = 10;

function quoted(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new RangeError('YAML cannot hold half of a surrogate pair');
  return ESCAPED.test(text) ? `"${text.replace(EVERY_ESCAPED, escape)}"` : `"${text}"`;
}

/** Only escapes that both versions know: 1.1 has no `\/`. */
function escape(character: string): string {
  switch (character) {
    case '"':
      return '\\"';
    case '\\':
      return '\\\\';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    default:
      return escapeByNumber(character.codePointAt(0) ?? 0);
  }
}

function escapeByNumber(point: number): string {
  const digits = point.toString(16);
  return point > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
}

/** A number as both versions read it. @throws RangeError for NaN and the infinities */
export function yamlNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`YAML output cannot hold ${value}`);
  const text = String(value);
  // YAML 1.1 takes a number with an exponent for a string unless it has a point.
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}
