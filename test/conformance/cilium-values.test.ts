import { LINES } from '../../lib/components/cilium/line';
import { CILIUM_LINES, type CiliumLine } from '../../lib/components/cilium/options';
import { ciliumValues } from '../../lib/components/cilium/values';
import { clusterSchema, type ClusterSpec } from '../../lib/spec/cluster';
import { smallSpec } from '../support/spec';
import { readChart, valueProblems } from './charts';

type Cni = Extract<ClusterSpec['cni'], { kind: 'cilium' }>;

/** Values of one line of releases, with every part of them in use. */
function values(version: CiliumLine, cni: Partial<Cni>) {
  const k3s = {
    nodeNetwork: 'lan',
    clusterCidrs: ['10.42.0.0/16', 'fd00:42::/56'],
    serviceCidrs: ['10.43.0.0/16', 'fd00:43::/112'],
  };
  const spec = clusterSchema.parse(
    smallSpec({ k3s, cni: { kind: 'cilium', version, hubble: { ui: true }, l2Announcements: true, ...cni } }),
  );
  if (spec.cni.kind !== 'cilium') throw new Error('the CNI is Cilium');
  return ciliumValues(spec.cni, spec);
}

const chartOf = (version: CiliumLine) => readChart(`cilium-${LINES[version].chart}`);

describe.each(CILIUM_LINES)('every value that Wayleave has for Cilium %s exists in its chart', (version) => {
  test.each<[string, Partial<Cni>]>([
    [
      'WireGuard over Geneve',
      { routing: 'geneve', encryption: 'wireguard', nodeEncryption: true, strictEncryption: true },
    ],
    ['IPsec over native routing', { routing: 'native', encryption: 'ipsec' }],
    ['a plain tunnel beside kube-proxy', { routing: 'vxlan', kubeProxyReplacement: false, devices: ['eth0', 'bond0'] }],
  ])('%s', (_, cni) => {
    expect(valueProblems(chartOf(version), values(version, cni))).toEqual([]);
  });
});

test('the values of one line are not those of the other', () => {
  const strict = { encryption: 'wireguard', strictEncryption: true } as const;
  expect(valueProblems(chartOf('1.18'), values('1.20', strict)).join('\n')).toContain('encryption.strictMode.egress');
  expect(valueProblems(chartOf('1.20'), values('1.18', strict)).join('\n')).toContain('encryption.strictMode.enabled');
});
