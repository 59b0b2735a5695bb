import { text } from '../text/markdown';

/** A docstring as Markdown: its code spans stay, everything else is shown as it is written. */
export function prose(docstring: string): string {
  return docstring
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : text(part)))
    .join('');
}
