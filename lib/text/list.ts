/** `a`, `a and b`, `a, b and c`. @param last the word before the last of them */
export function list(items: readonly (string | number)[], last = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}
