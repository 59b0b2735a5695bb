import { K3S_CLUSTER_CIDR } from '../../net/well-known';
import type { Entry } from './entry';

/** The same prefix with host bits set. */
const withHostBits = K3S_CLUSTER_CIDR.replace('.0/', '.5/');

/** What can be wrong with a spec before anything is made of it. */
export const SPEC_ENTRIES = {
  ACCEPT_UNUSED: {
    meaning:
      'An entry of `accept` names a finding that nothing gives any more. It is reported so that the list stays true: left in, the entry would hide the same fault when it comes back.',
    example: {
      of: 'spec',
      text: 'accept:\n  - { code: PORT_TWICE, at: "ingress[0]", reason: the proxy is going away }\n',
    },
    fix: 'Take the entry out, or correct its `code` and `at` to what is printed.',
  },
  CLUSTER_TWICE: {
    meaning: 'Two specs describe a cluster of one name, so that both would be written to one folder of `dist/`.',
    example: { of: 'clusters', text: 'clusters/home.yaml: { name: home }\nclusters/cabin.yaml: { name: home }\n' },
    fix: 'Give one of them another `name`.',
  },
  COMPONENT_UNAVAILABLE: {
    meaning:
      'The spec asks for a component whose options this version of Wayleave can read and which it cannot build yet. It is refused, because a part that is left out in silence is found out only when it is missed.',
    example: { of: 'spec', without: 'mss-clamp', text: 'mssClamp: { network: lan }\n' },
    fix: 'Leave it out, or use a version that builds it; docs/components lists what is built.',
  },
  HOST_TWICE: {
    meaning:
      'Two apps, or one app twice, claim the same host name and path of one ingress or tunnel. Which of them answers would be chance.',
    example: {
      of: 'spec',
      text: 'apps:\n  blog: { namespace: blog, ports: { http: 8080 }, hosts: [shop.example.com] }\n',
    },
    fix: 'Give one of them another host name or another path.',
  },
  NODE_WITHOUT_ADDRESS: {
    meaning: 'A node has no address on a network that the spec uses for it, such as the one K3s uses between nodes.',
    example: { of: 'spec', text: 'nodes:\n  three: { role: agent, addresses: {} }\n' },
    fix: 'Give the node an address on that network, or name another network.',
  },
  SPEC_INVALID: {
    meaning:
      'A value is not of the form that its place takes. The message says what it must be, and the fix is the value that was most likely meant.',
    example: { of: 'spec', text: `k3s: { clusterCidrs: [${withHostBits}] }\n` },
    fix: 'Write the value that is proposed. docs/guide/reference.md lists the form of every option.',
  },
  SPEC_SYNTAX: {
    meaning:
      'A spec cannot be read at all: its YAML is broken, or its TypeScript fails when it is run or exports no spec.',
    example: { of: 'file', text: 'name: home\nnetworks:\n\tlan: {}\n' },
    fix: 'Mend the line that is named. An editor that knows the schema shows most of these while you write.',
  },
  SPEC_UNKNOWN_KEY: {
    meaning:
      'A mapping has a key that does not exist there. It is refused, because an option that is misspelt is an option that is not set.',
    example: { of: 'spec', text: 'firewal: { kind: ufw }\n' },
    fix: 'Use the key that is proposed, or take it out.',
  },
  SPEC_UNKNOWN_NAME: {
    meaning: 'One part of the spec refers by name to a network, node, app or other thing that no part of it defines.',
    example: { of: 'spec', text: 'k3s: { nodeNetwork: lann }\n' },
    fix: 'Use one of the names that are listed, or define the one that is missing.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
