/** What ends a comment in one of the firewalls' files: quotes, and anything that is not printable. */
const UNSAFE = /["'\\\p{C}\u2028\u2029]/gu;

/** A rule's reasons as one comment of at most `bytes` bytes in UTF-8, cut at a word. */
export function commentOf(reasons: readonly string[], bytes: number): string {
  const text = reasons.join('; ').replace(UNSAFE, '’');
  if (Buffer.byteLength(text) <= bytes) return text;
  const words = text.split(' ');
  let cut = '';
  for (const word of words) {
    const longer = cut === '' ? word : `${cut} ${word}`;
    if (Buffer.byteLength(`${longer} …`) > bytes) break;
    cut = longer;
  }
  return `${cut} …`.trim();
}
