import { AddressSet } from '../../net/address-set';
import { PortRange } from '../../net/port';
import { DNS_PORT } from '../../net/well-known-ports';
import { OUTSIDE, PODS } from '../../plan/claim';
import { INTERNET, nodes, workload, type Endpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import { probe } from '../../plan/probe';
import { plainCalls, traefikOf } from '../../plan/traefik';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { apiFlow } from '../api-flow';
import { directoryHost } from './directory';
import { source } from './names';
import type { CertManagerOptions } from './options';
import { partName, WEBHOOK, type Part } from './parts';
import { dns01Solvers, http01Certificates, SOLVER_PORT, solverPods } from './solver-pods';

type Declared = Omit<Flow, 'declaredBy'>;

/** Who calls cert-manager's pods, and whom they call. */
export function certManagerFlows(options: CertManagerOptions, spec: Cluster): Declared[] {
  return [
    {
      from: nodes('servers'),
      to: workload(partName('webhook')),
      protocol: 'tcp',
      port: WEBHOOK,
      over: PODS,
      address: 'pod',
      encryptedBy: 'TLS',
      reason: "the API server has cert-manager's objects checked before it stores them",
      source,
    },
    toApi(spec, 'cainjector', 'cainjector hands the webhook’s authority to the API server'),
    toApi(spec, 'controller', 'cert-manager watches certificates and writes their Secrets'),
    toApi(spec, 'startupapicheck', 'the first install waits until the webhook answers'),
    toApi(spec, 'webhook', 'the webhook keeps its own certificate in a Secret'),
    // Source: templates of chart 1.21.1, webhook-deployment.yaml and deployment.yaml.
    probe({ name: partName('webhook'), port: 6080, source }),
    probe({ name: partName('controller'), port: 9403, source }),
    ...directories(options),
    ...(dns01Solvers(options).length > 0 ? [...provider(), ...lookUps(options)] : []),
    ...http01(options, spec),
  ];
}

function toApi(spec: Cluster, part: Part, reason: string): Declared {
  return apiFlow(spec, { name: partName(part), hostNetwork: false }, reason, source);
}

function out(to: Endpoint, port: PortRange, more: Pick<Declared, 'reason' | 'source'> & Partial<Declared>): Declared {
  return {
    from: workload(partName('controller')),
    to,
    protocol: 'tcp',
    port: { container: port },
    over: OUTSIDE,
    address: 'public',
    ...more,
  };
}

/** Each directory once, whichever issuers use it. */
function directories(options: CertManagerOptions): Declared[] {
  const all = sortedEntries(options.issuers).map(([name, { server }]) => ({ name, ...directoryHost(server) }));
  const first = all.filter((one, i) => all.findIndex(({ host, port }) => host === one.host && port === one.port) === i);
  return first.map(({ name, host, port }) =>
    out({ kind: 'name', name: host, fqdns: [host] }, PortRange.of(port), {
      encryptedBy: 'TLS',
      reason: 'cert-manager orders and renews certificates',
      source: [...source, 'issuers', name, 'server'],
    }),
  );
}

function provider(): Declared[] {
  return [
    out({ kind: 'name', name: "Cloudflare's API", fqdns: ['api.cloudflare.com'] }, PortRange.of(443), {
      encryptedBy: 'TLS',
      reason: 'cert-manager writes and removes the records of DNS-01 challenges',
      source: [...source, 'issuers'],
    }),
  ];
}

/** Before it tells the authority, cert-manager looks whether the record is there, and asks for this no cluster DNS. */
function lookUps(options: CertManagerOptions): Declared[] {
  const look = (to: Endpoint, port: PortRange, ...path: (string | number)[]): Declared[] =>
    (['udp', 'tcp'] as const).map((protocol) =>
      out(to, port, {
        protocol,
        reason: 'cert-manager looks whether the record of a challenge is there',
        source: [...source, ...path],
      }),
    );
  if (options.recursiveNameservers.length === 0) return look(INTERNET, DNS_PORT, 'issuers');
  return options.recursiveNameservers.flatMap(({ address, port }, i) =>
    look({ kind: 'range', name: String(address), addresses: AddressSet.of(address) }, port, 'recursiveNameservers', i),
  );
}

/**
 * The authority calls the certificate's names on port 80; the ingress passes that on. cert-manager tries it first itself:
 * a name leads to the ingress of its own cluster, or to a proxy before that.
 */
function http01(options: CertManagerOptions, spec: Cluster): Declared[] {
  return http01Certificates(options).flatMap(({ name, certificate, solver }) => {
    const from = traefikOf(spec, solver.ingress);
    const path = [...source, 'certificates', name];
    const test = out(
      { kind: 'name', name: `names of certificate ${name}`, fqdns: certificate.names },
      PortRange.of(80),
      {
        reason: 'cert-manager tries a challenge before the authority does',
        source: path,
      },
    );
    if (from === undefined) return [test];
    const within = plainCalls(spec, from.name).map(
      (call): Declared => ({
        from: workload(partName('controller')),
        protocol: 'tcp',
        ...call,
        reason: 'cert-manager tries a challenge, by the cluster’s own ingress, before the authority does',
        source: path,
      }),
    );
    return [
      test,
      ...within,
      {
        from: workload(from.workload),
        to: workload(solverPods(certificate.namespace)),
        protocol: 'tcp',
        port: { container: PortRange.of(SOLVER_PORT) },
        over: PODS,
        address: 'pod',
        reason: `the authority's calls to the names of certificate ${name}`,
        source: path,
      },
    ];
  });
}
