import fc from 'fast-check';
import { NAMESPACES, selector, type Thing } from './small-world';

const port = fc.constantFrom<unknown>(
  { port: '80' },
  { port: '80', protocol: 'TCP' },
  { port: '80', endPort: 81, protocol: 'ANY' },
  { port: '0', protocol: 'UDP' },
  { port: 'web', protocol: 'TCP' },
);

const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 2 });

const toPorts = list(fc.record({ ports: list(port) }));

/** Pods of another namespace are only found by a selector that says so. */
const endpoints = fc.oneof(
  selector,
  selector.map((own) => ({ ...own, matchLabels: { ...own.matchLabels, 'k8s:io.kubernetes.pod.namespace': 'blue' } })),
  selector.map((own) => ({
    ...own,
    matchLabels: { ...own.matchLabels, 'io.cilium.k8s.namespace.labels.colour': 'red' },
  })),
);

/** The last block holds pods' addresses, which no CIDR ever finds. */
const blocks = fc.constantFrom<unknown>(
  { cidr: '198.51.100.0/24', except: ['198.51.100.128/25'] },
  { cidr: '0.0.0.0/0' },
  { cidr: '192.0.2.0/24' },
);

function rule(side: 'from' | 'to') {
  const peers = fc.oneof(
    fc.record({ [`${side}Endpoints`]: fc.array(endpoints, { maxLength: 2 }) }),
    fc.record({ [`${side}CIDRSet`]: list(blocks) }),
    fc.record({ [`${side}CIDR`]: fc.constant(['203.0.113.1']) }),
    fc.record({ [`${side}Entities`]: fc.subarray(['world', 'cluster', 'all', 'host'], { minLength: 1 }) }),
    fc.constant({}),
  );
  return fc.tuple(peers, fc.record({ toPorts }, { requiredKeys: [] })).map(([who, what]) => ({ ...who, ...what }));
}

export const ciliumIngressRule = rule('from');
export const ciliumEgressRule = rule('to');

const spec = fc
  .record(
    {
      endpointSelector: selector,
      ingress: fc.array(ciliumIngressRule, { maxLength: 2 }),
      ingressDeny: fc.array(ciliumIngressRule, { maxLength: 1 }),
      egress: fc.array(ciliumEgressRule, { maxLength: 2 }),
      egressDeny: fc.array(ciliumEgressRule, { maxLength: 1 }),
      enableDefaultDeny: fc.record({ ingress: fc.boolean(), egress: fc.boolean() }, { requiredKeys: [] }),
    },
    { requiredKeys: ['endpointSelector'] },
  )
  // A policy without any rule is refused.
  .filter(
    ({ ingress = [], ingressDeny = [], egress = [], egressDeny = [] }) =>
      ingress.length + ingressDeny.length + egress.length + egressDeny.length > 0,
  );

/** Policies of both of Cilium's kinds. */
export const ciliumPolicies = fc
  .array(fc.record({ namespace: fc.constantFrom(...NAMESPACES, undefined), spec }), { maxLength: 4 })
  .map((each) =>
    each.map(({ namespace, spec: own }, i): Thing => {
      const kind = namespace === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy';
      return {
        apiVersion: 'cilium.io/v2',
        kind,
        metadata: { name: `c${i}`, ...(namespace === undefined ? {} : { namespace }) },
        spec: own,
      };
    }),
  );
