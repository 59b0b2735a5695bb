import { addressesOf, interfaceOf } from '../../plan/nodes';
import type { HostNeeds } from '../../plan/host-needs';
import type { Plan } from '../../plan/plan';
import { register } from '../component';
import { ruleset, RULES_PATH, UNIT } from './ruleset';
import type { MssClampOptions } from './options';

/** Lowers the segment size of TCP connections that pass through the hosts on one network. */
export const mssClamp = register<MssClampOptions>({
  name: 'mss-clamp',
  title: 'MSS clamp',
  options: (spec) => spec.mssClamp,
  host: hostNeeds,
  notes: ({ network, segmentBytes }, spec) => [
    {
      section: 'nodes',
      title: 'Segment size of forwarded connections',
      text: [
        `Each node lowers the segment size that TCP connections through it announce on ${network} to ${segmentBytes === 'path-mtu' ? 'what the route’s MTU allows' : `${segmentBytes} bytes`}, for hosts beyond that never hear of a smaller MTU.`,
        'It never raises one. Connections of the node itself are left alone.',
        ...(segmentBytes === 'path-mtu'
          ? [
              'This acts only where a packet’s own route has a smaller MTU than what its sender announced: where the route has the MTU of the link, nothing changes. For a path beyond that is narrower, state `mssClamp.segmentBytes`.',
            ]
          : []),
        ...(spec.cni.kind === 'cilium'
          ? ['Packets that Cilium hands on in eBPF pass no netfilter hook, and are not touched.']
          : []),
      ].join(' '),
    },
  ],
});

function hostNeeds(options: MssClampOptions, plan: Plan, node: string): HostNeeds {
  if (addressesOf(plan.spec, node, options.network).length === 0) return {};
  const device = interfaceOf(plan.spec, node, options.network);
  return {
    packages: [{ name: 'nftables', reason: 'loads the rules that clamp the segment size' }],
    files: [
      { path: RULES_PATH, content: ruleset(options, device, `${plan.spec.name}/${node}`) },
      { path: '/etc/systemd/system/wayleave-mss-clamp.service', content: UNIT },
    ],
  };
}
