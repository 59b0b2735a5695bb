import type { Chart } from 'cdk8s';
import {
  BfdProfile,
  BgpAdvertisement,
  BgpPeer,
  Community,
  IpAddressPool,
  L2Advertisement,
} from '../../../imports/metallb.io';
import type { Range } from '../../net/range';
import { announcersOf } from '../../plan/announcers';
import { interfaceOf } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import { poolsOf, type Pool } from '../../plan/pool';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { addObject } from '../plain-object';
import { nodeSelectors } from './node-selectors';
import type { MetallbOptions } from './options';
import { NAMESPACE } from './place';

const PROFILE = 'bfd';

/** MetalLB's controller checks its own objects before the API server takes them, so it has to run first. */
const AFTER_CONTROLLER = {
  'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true',
  'argocd.argoproj.io/sync-wave': '1',
};

const metadata = (name: string) => ({ name, namespace: NAMESPACE, annotations: AFTER_CONTROLLER });

/** The pools, and how they are announced. */
export function addMetallb(chart: Chart, options: MetallbOptions, { spec }: Plan): void {
  const pools = poolsOf(spec).filter(({ owner }) => owner === 'metallb');
  for (const pool of pools) addPool(chart, options, pool);
  for (const advertisement of advertisements(options, spec, pools)) addAdvertisement(chart, options, advertisement);
  if (options.mode === 'bgp') addPeers(chart, options);
}

/** Speakers need the host's network and raw sockets. Source: MetalLB docs, installation; Kubernetes docs, pod security. */
export const PRIVILEGED = {
  'pod-security.kubernetes.io/audit': 'privileged',
  'pod-security.kubernetes.io/enforce': 'privileged',
  'pod-security.kubernetes.io/warn': 'privileged',
};

function addPool(chart: Chart, { pools }: MetallbOptions, { name, addresses }: Pool): void {
  addObject(IpAddressPool, chart, `pool-${name}`, {
    metadata: metadata(name),
    spec: { addresses: addresses.ranges().map(printRange), autoAssign: pools[name]?.autoAssign ?? true },
  });
}

function printRange(range: Range): string {
  return String(range.asPrefix() ?? `${String(range.first)}-${String(range.last)}`);
}

/** Pools that one object announces: same name, same nodes, and in layer 2 the same interfaces. */
interface Advertisement {
  readonly name: string;
  readonly pools: readonly string[];
  readonly nodeSelectors?: ReturnType<typeof nodeSelectors>;
  readonly interfaces: readonly string[];
}

function advertisements(options: MetallbOptions, spec: Cluster, pools: readonly Pool[]): Advertisement[] {
  const found = new Map<string, Advertisement>();
  for (const pool of pools) {
    const selectors = nodeSelectors(spec, pool);
    const one = {
      name: options.pools[pool.name]?.advertisement ?? pool.name,
      ...(selectors === undefined ? {} : { nodeSelectors: selectors }),
      interfaces: options.mode === 'l2' ? interfacesOf(spec, pool) : [],
    };
    const key = JSON.stringify(one);
    found.set(key, { ...one, pools: [...(found.get(key)?.pools ?? []), pool.name] });
  }
  return [...found.values()];
}

/** Those asked for, else those by which the announcing nodes reach the pool's network. */
function interfacesOf(spec: Cluster, pool: Pool): readonly string[] {
  if (pool.interfaces !== undefined) return [...pool.interfaces.names].sort();
  return [...new Set(announcersOf(spec, pool).map((node) => interfaceOf(spec, node, pool.network)))].sort();
}

function addAdvertisement(chart: Chart, { mode, communities }: MetallbOptions, one: Advertisement): void {
  // Two that want one name but differ are told apart here, so that the clash is found and named where all objects are compared.
  const id = `advertisement-${one.name}-${one.pools.join('-')}`;
  const common = {
    ipAddressPools: [...one.pools],
    ...(one.nodeSelectors === undefined ? {} : { nodeSelectors: one.nodeSelectors }),
  };
  if (mode === 'l2') {
    addObject(L2Advertisement, chart, id, {
      metadata: metadata(one.name),
      spec: { ...common, interfaces: [...one.interfaces] },
    });
    return;
  }
  const names = Object.keys(communities);
  addObject(BgpAdvertisement, chart, id, {
    metadata: metadata(one.name),
    spec: { ...common, ...(names.length > 0 ? { communities: names } : {}) },
  });
}

function addPeers(chart: Chart, { peers, communities }: MetallbOptions): void {
  for (const [name, { address, asn, myAsn, bfd }] of sortedEntries(peers)) {
    addObject(BgpPeer, chart, `peer-${name}`, {
      metadata: metadata(name),
      spec: {
        peerAddress: String(address),
        peerAsn: asn,
        myAsn,
        ...(bfd ? { bfdProfile: PROFILE } : {}),
      },
    });
  }
  if (Object.values(peers).some(({ bfd }) => bfd)) {
    // FRR's own timers, written so that both ends can be read: a failure shows after 0.9 seconds.
    const spec = { receiveInterval: 300, transmitInterval: 300, detectMultiplier: 3 };
    addObject(BfdProfile, chart, 'bfd', { metadata: metadata(PROFILE), spec });
  }
  const named = sortedEntries(communities).map(([name, value]) => ({ name, value }));
  if (named.length > 0) {
    addObject(Community, chart, 'communities', { metadata: metadata('wayleave'), spec: { communities: named } });
  }
}
