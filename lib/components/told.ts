import type { Note } from '../plan/declares';
import { someSettings } from '../plan/settings';
import { code } from '../text/markdown';

/** What a program is told of addresses, for the document. @param between what stands between the setting and a value of it */
export function told(setting: string, between: string, values: readonly unknown[], text: string): Note {
  const written = values.map((value) => `${setting}${between}${String(value)}`);
  return { section: 'told', title: someSettings(written, setting).map(code).join(', '), text };
}
