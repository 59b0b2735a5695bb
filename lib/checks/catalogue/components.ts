import type { Entry } from './entry';

/** What can be wrong between components. */
export const COMPONENT_ENTRIES = {
  CAPABILITY_CYCLE: {
    meaning:
      'Components need each other in a circle, so that none of them can start first: Argo CD would wait for each to become healthy, for ever.',
    example: {
      of: 'components',
      text: 'issuer: { provides: [certificates], requires: [api-address] }\nproxy: { provides: [api-address], requires: [certificates] }\n',
    },
    fix: 'Let one of them reach what it needs by an address that works before the others run.',
    seen: ['k3s-io/k3s#5857', 'cilium/cilium#39411', 'argoproj/argo-cd#6489'],
  },
  CAPABILITY_MISSING: {
    meaning: 'A component needs a function of the cluster that no component provides.',
    example: { of: 'spec', text: 'k3s: { disable: [coredns] }\n' },
    fix: 'Choose a component that provides it, or leave out the one that needs it.',
  },
  CAPABILITY_TWICE: {
    meaning:
      'Two components own one function of which a cluster has one owner: the pod network, Service routing, the announcement of one address, the BGP sessions with one router. They would undo one another for as long as both run.',
    example: { of: 'components', text: 'mesh: { provides: [policy-engine] }\n' },
    fix: 'Leave the function to one of them: take the other out, or turn that part of it off.',
    seen: [
      'k3s-io/k3s#269',
      'k3s-io/k3s#2765',
      'metallb/metallb#2396',
      'kube-vip/kube-vip#1061',
      'cilium/cilium#40888',
    ],
  },
  K3S_FLAG_CONFLICT: {
    meaning:
      'A K3s flag has one value for one owner and another value for another: most often a flag in `k3s.extraFlags` that Wayleave derives from the rest of the spec. Servers whose critical flags differ refuse to form a cluster.',
    example: { of: 'spec', text: 'k3s: { extraFlags: { server: { flannel-backend: host-gw } } }\n' },
    fix: 'Take the flag out of `k3s.extraFlags`, and set the option it follows from.',
    seen: ['k3s-io/k3s#12745', 'k3s-io/docs#39'],
  },
  SELECTOR_OVERLAP: {
    meaning:
      'The selector of an app finds the pods of another app of its namespace, or of a component there, or a component’s selector those of an app. A Service takes whatever its selector finds: requests for the one arrive at the other, where something else listens or nothing. So do policies: what is open to the one is open to both, and no flow says so.',
    example: {
      of: 'spec',
      text: 'apps:\n  web: { selector: { app: shop } }\n  cache: { namespace: shop, ports: { redis: 6379 }, selector: { app: shop } }\n',
    },
    fix: 'Give the pods of each a label of their own, and put it into the selector. Without a `selector` that label is app.kubernetes.io/name with the app’s name.',
  },
  SERVICE_RESERVED: {
    meaning:
      'A Service would have the name and namespace of one that K3s, or the chart of a component, makes itself: cluster DNS, the Kubernetes API, a webhook. Whichever is applied last replaces the other, and who calls it reaches the wrong pods.',
    example: {
      of: 'spec',
      text: 'apps:\n  kube-dns: { namespace: kube-system, ports: { dns: { container: 53, protocol: udp } } }\n',
    },
    fix: 'Give the app another name or a namespace of its own.',
  },
  SYSCTL_CONFLICT: {
    meaning:
      'Two components want different values of one kernel setting on one machine. Whichever is read last would win.',
    example: { of: 'components', text: "tuning: { sysctls: { net.ipv4.ip_forward: '0' } }\n" },
    fix: 'Change the options of one of them so that both want one value.',
    seen: ['cilium/cilium#10645'],
  },
} as const satisfies Readonly<Record<string, Entry>>;
