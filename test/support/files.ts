import { document } from '../../lib/emit/document/document';
import { emit } from '../../lib/emit/emit';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { findingsOf, walkTo } from './plan';

/** Everything that would be written for a spec, by path. @throws Error where anything at all is found in it */
export function filesOf(spec: ClusterSpec): Map<string, string> {
  const { plan, parts } = walkTo(spec);
  const { value, findings: found } = emit(plan, parts, document);
  const all = [...findingsOf(spec), ...found];
  if (value === undefined || all.length > 0) throw new Error(all.map(({ message }) => message).join('; '));
  return new Map(value.files().map(({ path, content }) => [path, content]));
}
