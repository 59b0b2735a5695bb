import type { Plan } from '../plan/plan';
import { runsK3s } from '../spec/orchestrator';
import type { Finding, SpecPath } from '../spec/finding';
import type { FormerPlan } from './former-plan';

/** What a cluster keeps from its first start on. Source: K3s docs, server configuration and dual stack; K3s etcd docs. */
export function fixedAtStart(former: FormerPlan, { spec }: Plan): Finding[] {
  if (!runsK3s(spec)) return [];
  const { clusterCidrs, serviceCidrs, clusterDns, datastore } = spec.k3s;
  const fixed: readonly [what: string, key: string, now: readonly string[], why: string][] = [
    [
      'the pod range',
      'clusterCidrs',
      clusterCidrs.map(String),
      'every node has its part of it for as long as it lives',
    ],
    ['the Service range', 'serviceCidrs', serviceCidrs.map(String), 'no Service changes its address'],
    ['the address of cluster DNS', 'clusterDns', [String(clusterDns)], 'its Service keeps the address it has'],
  ];
  const ranges = fixed.flatMap(([what, key, now, why]) =>
    changed(what, ['k3s', key], former.texts('spec', 'k3s', key), now, why, spec.name),
  );
  const [before] = former.texts('spec', 'k3s', 'datastore');
  if (before !== 'etcd' || datastore === 'etcd') return ranges;
  const why = 'K3s converts SQLite to etcd and not the other way';
  return [...ranges, ...changed('the datastore', ['k3s', 'datastore'], [before], [datastore], why, spec.name)];
}

function changed(
  what: string,
  at: SpecPath,
  before: readonly string[],
  now: readonly string[],
  why: string,
  cluster: string,
): Finding[] {
  const [was, is] = [before.join(' and '), now.join(' and ')];
  if (was === '' || is === '' || was === is) return [];
  return [
    {
      code: 'UPGRADE_NOT_IN_PLACE',
      severity: 'error',
      at: [at],
      message: `${what} of ${cluster} was ${was} and is to be ${is}, which cannot change once the cluster has started: ${why}`,
      fix: `go back to ${was}; if ${cluster} has never been started, take dist/${cluster}/ away and run again`,
    },
  ];
}
