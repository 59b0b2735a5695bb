import type { Family } from '../../net/address';
import type { PortRange } from '../../net/port';
import type { Prefix } from '../../net/prefix';
import { icmpNumber } from '../../net/well-known-icmp';
import { commentOf } from './comment';
import { familiesOf, prefixesOf, printPrefix, type Rule } from './rules';

/** iptables refuses a longer comment. Source: linux/netfilter/xt_comment.h, XT_MAX_COMMENT_LEN less the final zero. */
const COMMENT_BYTES = 255;

/** One line of iptables: a device, and at most one prefix at each end. */
export interface Single {
  readonly rule: Rule;
  readonly device: string;
  readonly source?: string;
  readonly destination?: string;
  readonly icmpType?: string;
}

/** What one rule is made of in iptables, which knows no sets by itself. */
export function singles(rule: Rule, family: Family): Single[] {
  if (!familiesOf(rule).includes(family)) return [];
  // UFW leaves out an end that is everyone, and so says no more here.
  const end = (prefix: Prefix) => (prefix.length === 0 ? undefined : printPrefix(prefix));
  const ends = (set: Rule['sources']) => (set === undefined ? [undefined] : prefixesOf(set, family).map(end));
  return rule.devices.flatMap((device) =>
    ends(rule.destinations).flatMap((destination) =>
      ends(rule.sources).flatMap((source) =>
        (rule.icmpTypes ?? [undefined]).map((icmpType) => ({
          rule,
          device: deviceOf(device),
          ...(source === undefined ? {} : { source }),
          ...(destination === undefined ? {} : { destination }),
          ...(icmpType === undefined ? {} : { icmpType }),
        })),
      ),
    ),
  );
}

/**
 * A device as iptables names it: `+` stands for any end. Flannel's devices are cut short, because K3s's k3s-killall.sh
 * loads all rules again but for the lines that name Flannel, `KUBE-` or `CNI-`. Source: K3s, install.sh.
 */
export function deviceOf(device: string): string {
  return device.startsWith('flannel') ? 'flann+' : device.replace(/\*$/, '+');
}

/** The matches of a line in a file for iptables-restore, its reasons as a comment. */
export function matches({ rule, device, source, destination, icmpType }: Single): string {
  const { protocol, port } = rule;
  return [
    `-i ${device}`,
    ...(source === undefined ? [] : [`-s ${source}`]),
    ...(destination === undefined ? [] : [`-d ${destination}`]),
    ...(protocol === 'any' ? [] : [`-p ${PROTOCOLS[protocol]}`]),
    ...(port === undefined ? [] : [`--dport ${printPorts(port)}`]),
    ...(icmpType === undefined ? [] : [icmpMatch(protocol, icmpType)]),
    commentMatch(rule.reasons),
  ].join(' ');
}

/** Ports as iptables writes them. */
export function printPorts({ first, last }: PortRange): string {
  return first === last ? `${first}` : `${first}:${last}`;
}

export function commentMatch(reasons: readonly string[]): string {
  // The same words in a comment would cost the rule as well.
  const spared = reasons.map((reason) => reason.replace(/flannel/gi, 'the CNI').replace(/(KUBE|CNI)-/gi, '$1 '));
  return `-m comment --comment "${commentOf(spared, COMMENT_BYTES)}"`;
}

/** Numbers where names differ between systems. Source: IANA protocol numbers. */
const PROTOCOLS = {
  tcp: 'tcp',
  udp: 'udp',
  sctp: 'sctp',
  icmp: 'icmp',
  icmpv6: 'ipv6-icmp',
  esp: 'esp',
  ipip: '4',
} as const;

function icmpMatch(protocol: Rule['protocol'], name: string): string {
  const own = protocol === 'icmp' ? 'icmp' : 'icmpv6';
  return `--${own}-type ${icmpNumber(own, name)}`;
}
