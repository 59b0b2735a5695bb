import { document } from '../../lib/emit/document/document';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { walkTo } from './plan';

/** NETWORK.md of a spec that is right in form. */
export function documentOf(spec: ClusterSpec): string {
  const { plan, parts } = walkTo(spec);
  return document(plan, parts);
}

/** The chapter or section of that title, up to the next of its level or above. */
export function part(whole: string, title: string): string {
  // A comment of a shell is no heading.
  const lines = whole.replace(/^```[^]*?^```$/gm, (fence) => fence.replace(/^#/gm, ' #')).split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === title && line.startsWith('#'));
  if (start < 0) throw new Error(`no part ${title}`);
  const level = lines[start]?.match(/^#+/)?.[0].length ?? 0;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => (line.match(/^(#+) /)?.[1]?.length ?? 9) <= level);
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}
