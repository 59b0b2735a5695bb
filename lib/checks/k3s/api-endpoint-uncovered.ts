import { dialledPort } from '../../plan/flow';
import { entrances } from '../../plan/entrance';
import type { Plan } from '../../plan/plan';
import { isProxied } from '../../plan/zone';
import type { Finding, SpecPath } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { fails } from '../found';

/** Somebody else who answers where a kubeconfig dials, and shows a certificate of his own. */
interface Answerer {
  readonly what: string;
  readonly at: readonly SpecPath[];
}

/**
 * A kubeconfig's endpoint at which it is not K3s that ends TLS: the certificate shown there is none that the cluster's
 * authority signed, so that no kubeconfig of the cluster believes it.
 */
export function apiEndpointUncovered(plan: Plan): Finding[] {
  const { spec } = plan;
  const endpoint = runsK3s(spec) ? spec.api.endpoint : undefined;
  if (endpoint === undefined || !('host' in endpoint)) return [];
  const answerer = answererOf(plan, endpoint.host, spec.api.port);
  if (answerer === undefined) return [];
  return [
    fails('API_NAME_MISSING', {
      at: [['api', 'endpoint', 'host'], ...answerer.at],
      message: `a kubeconfig is to dial ${endpoint.host}:${spec.api.port}, where ${answerer.what} answers with a certificate of its own: none of K3s's covers that connection`,
      fix: 'a name or an address that leads to the servers themselves',
    }),
  ];
}

function answererOf(plan: Plan, host: string, port: number): Answerer | undefined {
  const all = entrances(plan).filter((one) => one.host === host);
  const tunnelled = all.find(({ by }) => 'tunnel' in by);
  if (tunnelled !== undefined && 'tunnel' in tunnelled.by)
    return { what: `tunnel ${tunnelled.by.tunnel}`, at: [tunnelled.source] };
  if (isProxied(plan.spec, host)) return { what: "Cloudflare's proxy", at: [['dns']] };
  const served = all.find(({ ways }) => ways.some((way) => dialledPort(way)?.contains(port) === true));
  return served === undefined || !('ingress' in served.by)
    ? undefined
    : { what: `ingress ${served.by.ingress}`, at: [served.source] };
}
