import fc from 'fast-check';
import { NAMESPACES, namespaceSelector, selector, type Thing } from './small-world';

const port = fc.constantFrom<unknown>(
  { port: 80 },
  { port: 80, protocol: 'UDP' },
  { port: 80, endPort: 81, protocol: 'TCP' },
  { protocol: 'TCP' },
  { port: 'web' },
  { port: 'web', protocol: 'UDP' },
);

/** Blocks that hold the pods' addresses, some of them, or others. */
const block = fc.constantFrom<unknown>(
  { cidr: '0.0.0.0/0' },
  { cidr: '0.0.0.0/0', except: ['192.0.2.0/31', '198.51.100.0/24'] },
  { cidr: '192.0.2.0/30', except: ['192.0.2.2/32'] },
  { cidr: '198.51.100.0/24', except: ['198.51.100.128/25'] },
);

const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  fc.record({ ipBlock: block }),
);

const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 2 });

export const ingressRule = fc.record({ from: list(peer), ports: list(port) }, { requiredKeys: [] });
export const egressRule = fc.record({ to: list(peer), ports: list(port) }, { requiredKeys: [] });

const spec = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: list(ingressRule),
    egress: list(egressRule),
  },
  { requiredKeys: ['podSelector'] },
);

/** NetworkPolicies of every shape that the API server takes. */
export const networkPolicies = fc
  .array(fc.record({ namespace: fc.constantFrom(...NAMESPACES), spec }), { maxLength: 4 })
  .map((each) =>
    each.map(
      ({ namespace, spec: own }, i): Thing => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: `n${i}`, namespace },
        spec: own,
      }),
    ),
  );
