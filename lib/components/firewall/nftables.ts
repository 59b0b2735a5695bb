import type { AddressSet } from '../../net/address-set';
import type { Family } from '../../net/address';
import type { HostFile } from '../../plan/host-needs';
import { nftFile, nftUnit } from '../nft-table';
import { commentOf } from './comment';
import type { Policy } from './policy';
import { familiesOf, isIcmp, landed, prefixesOf, printPrefix, type Rule } from './rules';

const RULES_PATH = '/etc/wayleave/firewall.nft';

/** nft refuses a longer comment. Source: libnftnl, NFTNL_UDATA_COMMENT_MAXLEN. */
const COMMENT_BYTES = 128;

/** How many prefixes of a set stand on one line. */
const PER_LINE = 6;

const TABLE = 'table inet wayleave';

/** The node's table, and the unit that loads it at boot. */
export function nftablesFiles(policy: Policy): HostFile[] {
  return [
    { path: RULES_PATH, content: nftFile(TABLE, `${policy.cluster}/${policy.node}`, indent(body(policy))) },
    {
      path: '/etc/systemd/system/wayleave-firewall.service',
      content: nftUnit('Host firewall written by Wayleave', RULES_PATH, TABLE),
    },
  ];
}

function body(policy: Policy): string[] {
  return [
    '# Judges what enters by the address and port that were dialled: behind connection tracking (-200), before',
    '# Service, host and published ports are translated (-100). What only passes through the node is left alone.',
    ...chain('prerouting', [
      'type filter hook prerouting priority mangle; policy accept;',
      'iifname "lo" accept',
      ...both(policy.pods, (match) => [`${match('saddr')} jump pods`, `${match('daddr')} jump pods`]),
      ...both(policy.services, (match) => [`${match('daddr')} jump services`]),
      'ct state { established, related } accept',
      'fib daddr type { local, anycast, broadcast, multicast } goto flows',
      ...both(policy.virtual, (match) => [`${match('daddr')} goto flows`]),
    ]),
    '',
    '# Judges again what was translated to a process of the node itself; the rest was judged above as it is.',
    ...chain('input', [
      'type filter hook input priority filter; policy accept;',
      // A process of the node that calls a Service which ends at the node itself comes back translated, by loopback.
      'iifname "lo" accept',
      'ct state new ct status dnat goto landed',
    ]),
    '',
    ...(policy.pods.isEmpty ? [] : podChains(policy)),
    ...chain('flows', [
      // Before the test for invalid packets: errors about unknown connections count as such.
      ...policy.rules.filter(isIcmp).flatMap(ruleLines),
      'ct state invalid goto refused',
      ...policy.rules.filter((rule) => !isIcmp(rule)).flatMap(ruleLines),
      'goto refused',
    ]),
    '',
    ...chain('landed', [...policy.rules.flatMap((rule) => landed(rule) ?? []).flatMap(ruleLines), 'goto flows']),
    '',
    ...chain('refused', ['limit rate 3/minute burst 10 packets log prefix "[WAYLEAVE BLOCK] "', 'counter drop']),
  ];
}

function podChains(policy: Policy): string[] {
  return [
    "# Pods' addresses enter by the pod network's own devices, or they are forged.",
    ...chain('pods', [...policy.entrances.flatMap((entrance) => entranceLines(entrance, policy)), 'goto refused']),
    '',
    "# Services' addresses are dialled by the node's own pods, and by nobody outside.",
    ...chain('services', [...deviceMatches(policy.podDevices).map((match) => `${match}return`), 'goto refused']),
    '',
  ];
}

function chain(name: string, lines: readonly string[]): string[] {
  return [`chain ${name} {`, ...indent(lines), '}'];
}

function indent(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `\t${line}`));
}

function entranceLines({ device, sources, reason }: Policy['entrances'][number], { pods }: Policy): string[] {
  const by = `iifname "${device}"`;
  const why = `return comment "${commentOf([reason], COMMENT_BYTES)}"`;
  if (sources === undefined) return [`${by} ${why}`];
  const between = pods
    .families()
    .map((family) => `${by} ${addresses(family, 'saddr', sources)} ${addresses(family, 'daddr', pods)} ${why}`);
  return [`${by} ct state { established, related } ${why}`, ...between];
}

function ruleLines(rule: Rule): string[] {
  const verdict = `accept comment "${commentOf(rule.reasons, COMMENT_BYTES)}"`;
  return deviceMatches(rule.devices).flatMap((device) =>
    addressMatches(rule).map((match) => `${device}${match}${protocolMatch(rule)}${verdict}`),
  );
}

/** Devices with a fixed name fit into one set; a wildcard needs a match of its own. */
function deviceMatches(devices: readonly string[]): string[] {
  const fixed = devices.filter((device) => !device.endsWith('*'));
  const wild = devices.filter((device) => device.endsWith('*')).map((device) => `iifname "${device}" `);
  const [only] = fixed;
  if (only === undefined) return wild;
  const names = fixed.map((device) => `"${device}"`).join(', ');
  return [fixed.length === 1 ? `iifname "${only}" ` : `iifname { ${names} } `, ...wild];
}

/** One match for both families where neither end is named, else one a family. */
function addressMatches(rule: Rule): string[] {
  const { sources, destinations } = rule;
  const families = familiesOf(rule);
  if (sources === undefined && destinations === undefined) return families.length === 0 ? [] : [''];
  return families.map((family) =>
    [sources ? addresses(family, 'saddr', sources) : '', destinations ? addresses(family, 'daddr', destinations) : '']
      .filter((match) => match !== '')
      .map((match) => `${match} `)
      .join(''),
  );
}

function addresses(family: Family, end: 'saddr' | 'daddr', set: AddressSet): string {
  return `${family === 4 ? 'ip' : 'ip6'} ${end} ${elements(prefixesOf(set, family).map(printPrefix))}`;
}

function elements(items: readonly string[]): string {
  const [only] = items;
  if (items.length === 1 && only !== undefined) return only;
  if (items.length <= PER_LINE) return `{ ${items.join(', ')} }`;
  const lines: string[] = [];
  for (let i = 0; i < items.length; i += PER_LINE) lines.push(`\t${items.slice(i, i + PER_LINE).join(', ')}`);
  return `{\n${lines.join(',\n')}\n}`;
}

function both(set: AddressSet, lines: (match: (end: 'saddr' | 'daddr') => string) => string[]): string[] {
  return set.families().flatMap((family) => lines((end) => addresses(family, end, set)));
}

function protocolMatch({ protocol, port, icmpTypes }: Rule): string {
  switch (protocol) {
    case 'tcp':
    case 'udp':
    case 'sctp':
      return port ? `${protocol} dport ${port} ` : `meta l4proto ${protocol} `;
    case 'icmp':
    case 'icmpv6':
      return icmpTypes
        ? `${protocol} type ${elements(icmpTypes)} `
        : `meta l4proto ${protocol === 'icmp' ? 'icmp' : 'ipv6-icmp'} `;
    case 'esp':
      return 'meta l4proto esp ';
    case 'ipip':
      // IANA's protocol number of IPv4 in IPv4 (RFC 2003), whose name differs between systems.
      return 'meta l4proto 4 ';
    case 'any':
      return '';
  }
}
