import { frontNetwork } from '../../plan/client-network';
import { nodes } from '../../plan/endpoint';
import { published } from '../../plan/stack';
import type { YamlValue } from '../../text/yaml';
import { code } from '../../text/markdown';
import { hostPortFlows } from '../host-port-flows';
import { register } from '../component';
import { VERSIONS } from '../versions';
import type { EasyhaproxyServiceOptions } from './options';
import { PORTS } from './ports';

/** The network that services are put on to be found. */
const EASYHAPROXY_NETWORK = 'easyhaproxy';

const SOURCE = ['swarm', 'easyhaproxy'];

/** EasyHAProxy as a service of the Swarm, which reads the labels of other services and is published on every node. */
export const easyhaproxySwarm = register<EasyhaproxyServiceOptions>({
  name: 'easyhaproxy-swarm',
  title: 'EasyHAProxy (Swarm)',
  options: (spec) => spec.swarm?.easyhaproxy,
  provides: () => [
    ...PORTS.map(({ port }) => ({
      name: 'ingress-port' as const,
      scope: `${port}/tcp on every node`,
      failure: 'nothing answers on that port of any node until the Swarm has started it elsewhere',
      source: SOURCE,
    })),
  ],
  requires: () => [{ name: 'swarm', source: SOURCE }],
  listeners: () =>
    PORTS.map(({ name, port }) => ({
      on: { nodes: 'all' as const },
      protocol: 'tcp' as const,
      bind: 'all' as const,
      ports: { container: port, host: port },
      purpose: `requests (${name}), published by Docker`,
      source: SOURCE,
    })),
  flows: ({ allowFrom, network }, spec) => {
    const answering = { nodes: 'all' as const, front: frontNetwork(spec, network) };
    const called = "EasyHAProxy's published port";
    return hostPortFlows(spec, allowFrom, { ...answering, to: nodes('all'), ports: PORTS, called, at: SOURCE });
  },
  stack: (options) => ({
    services: { easyhaproxy: easyhaproxyService(options) },
    networks: { [EASYHAPROXY_NETWORK]: { name: EASYHAPROXY_NETWORK, attachable: true } },
  }),
  notes: () => [
    {
      section: 'ingress',
      title: 'EasyHAProxy on the Swarm',
      text: `One container, on a manager, whose ports 80 and 443 Docker publishes on every node; a request to any node finds it. It serves services that are on the network ${code(EASYHAPROXY_NETWORK)} and bear labels such as ${code('easyhaproxy.http.host')}. Statistics are off, since they would need a password in the stack file.`,
    },
  ],
});

/** Its entry in the stack file. It reads the Swarm's services from Docker's socket, which managers alone answer. */
function easyhaproxyService({ sslMode }: EasyhaproxyServiceOptions): YamlValue {
  return {
    image: `byjg/easy-haproxy:${VERSIONS.easyhaproxy}`,
    environment: { EASYHAPROXY_DISCOVER: 'swarm', EASYHAPROXY_SSL_MODE: sslMode },
    networks: [EASYHAPROXY_NETWORK],
    ports: PORTS.map(({ port }) => published(port, port, 'tcp', 'ingress')),
    volumes: ['/var/run/docker.sock:/var/run/docker.sock'],
    // More than one would each ask for certificates. Source: EasyHAProxy's documentation, limitations.
    deploy: { replicas: 1, placement: { constraints: ['node.role == manager'] } },
  };
}
