import { calico } from '../../lib/components/calico/index';
import { calicoHostEndpoints } from '../../lib/components/calico-host-endpoints/index';
import { VERSIONS } from '../../lib/components/versions';
import type { ClusterSpec } from '../../lib/spec/cluster';
import { bound, render } from '../support/render';
import { smallSpec } from '../support/spec';
import { readChart, valueProblems } from './charts';
import { refusals } from './custom-resources';
import type { DistObject } from './dist';

type Cni = Extract<ClusterSpec['cni'], { kind: 'calico' }>;

const spec = (cni: Partial<Cni>) =>
  smallSpec({
    networks: { wan: { kind: 'public', interface: 'eth0' } },
    nodes: {
      a: { role: 'server', addresses: { wan: ['198.51.100.1', '2001:db8::1'] } },
      b: { role: 'agent', addresses: { wan: ['198.51.100.2', '2001:db8::2'] } },
    },
    k3s: {
      nodeNetwork: 'wan',
      clusterCidrs: ['10.42.0.0/16', 'fd00:42::/56'],
      serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'],
    },
    cni: { kind: 'calico', hostEndpoints: true, ...cni },
    firewall: { kind: 'none' },
  });

const objects = (cni: Partial<Cni>) =>
  [calico, calicoHostEndpoints].flatMap((component) =>
    render(component, spec(cni)).map((object) => ({ ...object, file: component.name }) as DistObject),
  );

describe('every object that Wayleave has for Calico is accepted by its real CRD, strictly', () => {
  test.each<Partial<Cni>>([
    {},
    { encapsulation: 'VXLANCrossSubnet', wireguard: true, natOutgoing: false, mtuBytes: 1400 },
    { encapsulation: 'IPIP', bgp: true, blockSize: 24 },
    { encapsulation: 'IPIPCrossSubnet', bgp: true },
    { encapsulation: 'None', bgp: true },
  ])('%j', (cni) => {
    expect(objects(cni).length).toBeGreaterThan(4);
    expect(refusals(objects(cni))).toEqual([]);
  });
});

test('every value that Wayleave has for the operator exists in its chart', () => {
  const values = bound(calico, spec({})).helm()?.values;
  expect(valueProblems(readChart(`tigera-operator-${VERSIONS.tigeraOperatorChart}`), values)).toEqual([]);
});
