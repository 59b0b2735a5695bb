import type { Note } from '../../plan/declares';
import { kindWord } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { addressesOf, addressOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { code, fenced } from '../../text/markdown';
import { asksByItself, type Bound } from './bound';
import { answers } from './service';

export function dnsmasqNotes({ dnsmasq, swarm }: Bound, spec: Cluster): Note[] {
  const { zone, node, network, redirectFrom, publishedPort, allowFrom } = dnsmasq;
  const answer = addressesOf(spec, node, network).map(String);
  const inside = String(addressOf(spec, node, swarm.network));
  const isElsewhere = network !== swarm.network;
  const text = [
    `dnsmasq on ${code(node)} answers every name of ${code(zone)} with ${answer.map(code).join(' and ')}, its address on ${code(network)}${isElsewhere ? `, since those who ask are not on ${code(swarm.network)}` : ''}; it refuses all other names. Docker publishes it at ${publishedPort}, where it leaves port 53 to others, and the host sends ${redirectFrom} on to it.`,
    asksByItself(spec)
      ? `The nodes ask ${code(inside)} for the zone, the address of ${code(node)} on ${code(swarm.network)}: a setting of the link, which ${code('resolvectl status')} shows.`
      : `The nodes do not ask ${code(inside)} by themselves, where it answers: K3s hands CoreDNS every resolver that systemd-resolved knows, and CoreDNS would ask this one for all names in its turn.`,
    ...(allowFrom.length === 0
      ? ['Nobody else may ask it.']
      : [
          `On a developer’s machine${isElsewhere ? `, which is not on ${code(swarm.network)}` : ''}, with ${code('LINK')} for its own interface that leads there (${code(`ip route get ${answer[0] ?? ''}`)} names it):`,
          fenced('sh', [
            `sudo resolvectl dns LINK ${answer.join(' ')}`,
            `sudo resolvectl domain LINK '~${zone}'`,
            `resolvectl query test.${zone}   # ${answer.join(', ')}`,
          ]),
          `That holds until the link is configured anew. Where something on the way takes ${redirectFrom} for itself, name the port: ${code(`${answer[0] ?? ''}:${publishedPort}`)}.`,
        ]),
  ];
  return [
    { section: 'dns', title: `The zone ${code(zone)}`, text: text.join('\n\n') },
    {
      section: 'told',
      title: answers(dnsmasq, spec).map(code).join(', '),
      text: `${kindWord(addressKind(spec, network))}: what dnsmasq answers to whoever asks for a name of ${code(zone)}`,
    },
  ];
}
