/** What stands in YAML that takes more than the plain part of it to read. */
export class NotPlain extends Error {}

/** Deeper nesting is left to a parser that can say what is wrong with it. */
export const DEEPEST = 50;

/** Words that mean something else than a text in some version of YAML. */
const WORDS = new Set(['', '~', 'null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n']);

const INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
/** Texts that no version of YAML takes for anything else. */
const TEXT = /^[A-Za-z_/$][A-Za-z0-9 _./:@+=,()$*-]*$/;
/** Texts that begin with a digit, but are neither numbers nor dates nor times in any version. */
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2}|-\d{1,3}(?:\.\d{1,3}){3})?$/;
/** A key in base64 may begin with a digit or a sign; what ends in `=` is still neither number nor date. */
const BASE64 = /^[A-Za-z0-9+/]{4,}={1,2}$/;
const QUOTED = /^(?:"([^"\\]*)"|'([^']*)')$/;

/** A scalar on one line. @throws NotPlain if readers might differ on it */
export function plainScalar(written: string): unknown {
  const quoted = QUOTED.exec(written);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  if (written === 'true' || written === 'false') return written === 'true';
  if (INTEGER.test(written)) return Number(written);
  const isText = TEXT.test(written) && !WORDS.has(written.toLowerCase()) && !/:(?: |$)/.test(written);
  if (isText || ADDRESS.test(written) || BASE64.test(written)) return written;
  throw new NotPlain();
}

/** Sets a key that was written without quotes or with them. @throws NotPlain for one given twice, or that is no text */
export function setPlain(mapping: Record<string, unknown>, key: string, isQuoted: boolean, value: unknown): void {
  if (Object.hasOwn(mapping, key) || key === '__proto__' || (!isQuoted && isOtherThanText(key))) throw new NotPlain();
  mapping[key] = value;
}

/** A key that is a number is printed otherwise than it is written. */
function isOtherThanText(key: string): boolean {
  return WORDS.has(key.toLowerCase()) || (/^[-.\d]/.test(key) && !INTEGER.test(key));
}
