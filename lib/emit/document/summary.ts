import { initServer } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { ownerOf } from '../../plan/capability';
import { runsK3s } from '../../spec/orchestrator';
import { VERSIONS } from '../../components/versions';
import { list } from '../../text/list';
import { code, heading, text } from '../../text/markdown';
import { fronts } from './entrance';
import { swarmSummary } from './swarm';
import { carriage, count, nodeCount, product, stated } from './words';

/** Title, what this network is in a paragraph, and who writes it. */
export function summary(plan: Plan): string[] {
  const { spec } = plan;
  return [
    heading(1, `The network of ${text(spec.name)}`),
    ...(spec.purpose === undefined ? [] : [stated(spec.purpose)]),
    [...kubernetes(plan), swarmSummary(plan)].filter((part) => part !== '').join(' '),
    '> Wayleave writes this file from the spec of the cluster. Change the spec and synthesise again: an edit made here is lost.',
  ];
}

/** What K3s is here, if it is. */
function kubernetes(plan: Plan): string[] {
  if (!runsK3s(plan.spec)) return [];
  return [machines(plan), pods(plan), services(plan), ingress(plan), pulls(plan)];
}

function machines({ spec }: Plan): string {
  const servers = nodeCount(spec, 'server');
  const agents = nodeCount(spec, 'agent');
  const release = `K3s ${spec.k3s.version ?? VERSIONS.k3s}`;
  const roles = list([count(servers, 'server'), ...(agents > 0 ? [count(agents, 'agent')] : [])]);
  const store = spec.k3s.datastore === 'etcd' ? 'embedded etcd' : 'SQLite';
  const start = servers > 1 ? `; ${code(initServer(spec))} starts the cluster and the others join it` : '';
  return `${release} on ${roles}, with ${store} as its store${start}. The nodes talk to each other on ${code(spec.k3s.nodeNetwork)}.`;
}

function pods(plan: Plan): string {
  return `${product(plan.podNetwork.owner)} carries pod traffic between them ${carriage(plan)}.`;
}

function services(plan: Plan): string {
  const owner = ownerOf(plan, 'service-routing');
  if (owner === undefined) return '';
  return owner === 'kube-proxy'
    ? `Services are routed by kube-proxy in ${product(plan.spec.k3s.proxy.mode)} mode.`
    : `Services are routed by ${product(owner)}.`;
}

function ingress(plan: Plan): string {
  const all = fronts(plan);
  if (all.length === 0) return 'No ingress answers requests from outside.';
  return `${all.map(({ owner, where, ports }) => `${product(owner)} lets requests in${ports.length > 0 ? ` on ${list(ports)}` : ''}, ${where}`).join('; ')}.`;
}

function pulls({ spec }: Plan): string {
  if (spec.gitops === undefined) return 'Nothing pulls these files by itself: they are applied by hand.';
  const { kind, repository, revision, path } = spec.gitops;
  return `${product(kind)} pulls ${code(`${path}/${spec.name}`)} of ${code(repository)} at ${code(revision)}.`;
}
