import { K3S } from '../../net/well-known';
import type { K3sFlag } from '../../plan/host-needs';
import { addressesOf, addressOf, hostnameOf, initServer, nodeOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import type { K3s } from '../../spec/k3s';
import { sortedEntries } from '../../text/compare';
import { apiNames, joinAddress, url } from './api';

type Flag = Omit<K3sFlag, 'owner'>;

/** The lines of one node's config that follow from K3s's own part of the spec. */
export function k3sFlags(options: K3s, spec: Cluster, name: string): Flag[] {
  const node = nodeOf(spec, name);
  const extra = node.role === 'server' ? options.extraFlags.server : options.extraFlags.agent;
  return [
    ...joinFlags(options, spec, name),
    ...addressFlags(options, spec, name),
    ...(node.role === 'server' ? serverFlags(options, spec) : []),
    ...labelFlags(spec, name),
    ...sortedEntries(extra).map(([flag, value]) => ({ name: flag, value, reason: 'asked for by k3s.extraFlags' })),
  ];
}

/** One server starts the cluster, everyone else joins it. */
function joinFlags(options: K3s, spec: Cluster, name: string): Flag[] {
  const first = initServer(spec);
  const token = {
    name: 'token-file',
    value: options.tokenFile,
    reason: "the cluster's token stays in this file on the host",
  };
  if (name !== first) {
    const { address, server } = joinAddress(spec);
    const by = server ?? "the API's virtual address";
    return [
      {
        name: 'server',
        value: url(address, K3S.httpsListenPort),
        reason: `joins by ${by}, on ${options.nodeNetwork}`,
      },
      token,
    ];
  }
  if (options.datastore === 'sqlite') return [token];
  return [{ name: 'cluster-init', value: true, reason: 'starts the embedded etcd that the other servers join' }, token];
}

function addressFlags(options: K3s, spec: Cluster, name: string): Flag[] {
  const own = addressesOf(spec, name, options.nodeNetwork).map(String);
  const flags: Flag[] = [
    { name: 'node-name', value: hostnameOf(spec, name), reason: "the machine's own name" },
    { name: 'node-ip', value: own.join(','), reason: `K3s's traffic between nodes stays on ${options.nodeNetwork}` },
  ];
  if (options.externalNetwork !== undefined) {
    const external = addressesOf(spec, name, options.externalNetwork).map(String).join(',');
    flags.push({
      name: 'node-external-ip',
      value: external,
      reason: `how the node is known from outside, on ${options.externalNetwork}`,
    });
  }
  if (nodeOf(spec, name).role === 'server') {
    const advertised = String(addressOf(spec, name, options.nodeNetwork));
    flags.push({ name: 'advertise-address', value: advertised, reason: 'where pods and nodes find this API server' });
  }
  return flags;
}

/** K3s wants these equal on every server; they are made from the spec alone, so that they are. */
function serverFlags(options: K3s, spec: Cluster): Flag[] {
  const same = 'equal on every server';
  return [
    { name: 'cluster-cidr', value: options.clusterCidrs.map(String).join(','), reason: `pod addresses; ${same}` },
    { name: 'service-cidr', value: options.serviceCidrs.map(String).join(','), reason: `Service addresses; ${same}` },
    {
      name: 'cluster-dns',
      value: String(options.clusterDns),
      reason: `cluster DNS, inside the Service range; ${same}`,
    },
    { name: 'cluster-domain', value: options.clusterDomain, reason: `names of Services end with it; ${same}` },
    {
      name: 'service-node-port-range',
      value: String(options.nodePorts),
      reason: 'ports that NodePort Services may take',
    },
    {
      name: 'tls-san',
      value: apiNames(spec),
      reason: "names and addresses under which the API's certificate is valid",
    },
    {
      name: 'disable',
      value: disabled(options, spec),
      reason: `packaged components this network does without; ${same}`,
    },
  ];
}

/** Packaged components that nothing in the spec uses, so that none of them takes a port or an address. */
function disabled(options: K3s, spec: Cluster): string[] {
  const off = new Set<string>(options.disable);
  if (!spec.loadBalancers.some((balancer) => balancer.kind === 'servicelb')) off.add('servicelb');
  if (!spec.ingress.some((ingress) => ingress.kind === 'traefik' && ingress.install === 'bundled')) off.add('traefik');
  return [...off].sort();
}

function labelFlags(spec: Cluster, name: string): Flag[] {
  const { labels, taints } = nodeOf(spec, name);
  const pairs = sortedEntries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    ...(pairs.length > 0 ? [{ name: 'node-label', value: pairs, reason: 'labels that place workloads' }] : []),
    ...(taints.length > 0
      ? [{ name: 'node-taint', value: taints, reason: 'keeps workloads away that do not tolerate it' }]
      : []),
  ];
}
