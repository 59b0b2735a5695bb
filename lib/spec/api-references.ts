import { K3S_API_PORT } from '../net/well-known';
import { invalid } from './faults';
import type { Finding } from './finding';
import { isMapping, member, valueAt } from './walk';

/** A port that no server listens on and nothing maps. */
export function apiFindings(raw: unknown): Finding[] {
  const port = valueAt(raw, ['api', 'port']);
  const endpoint = valueAt(raw, ['api', 'endpoint']);
  if (typeof port !== 'number' || port === K3S_API_PORT) return [];
  if (isMapping(endpoint) ? member(endpoint, 'host') !== undefined : endpoint !== undefined) return [];
  const problem = `K3s answers on ${K3S_API_PORT}, and nothing before it maps ${port}`;
  return [invalid(['api', 'port'], `${problem}: api.endpoint names no host`, String(K3S_API_PORT))];
}
