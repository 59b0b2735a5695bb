import type { AddressSet } from '../../net/address-set';
import type { Family } from '../../net/address';
import { writtenFor } from '../host-file';
import type { Policy } from './policy';
import { commentMatch, deviceOf, matches, singles } from './iptables';
import { familiesOf, isIcmp, landed, prefixesOf, printPrefix, type Rule } from './rules';

/** The chain in which both firewalls' rules are alike: what was dialled, before anything is translated. */
export const PREROUTING = 'wayleave-prerouting';
const PODS = 'wayleave-pods';
const SERVICES = 'wayleave-services';
const FLOWS = 'wayleave-flows';
const REFUSED = 'wayleave-refused';

/** before.rules or before6.rules: UFW's own chains, and the judgement on what was dialled, which UFW has no place for. */
export function beforeRules(policy: Policy, family: Family): string {
  return [
    writtenFor(`${policy.cluster}/${policy.node}`),
    '',
    '# What enters the node, before Service, host and published ports are translated past INPUT.',
    '# RETURN lets a packet through to whatever others have in this table.',
    ...mangle(policy, family),
    '',
    '# INPUT: the rules in user.rules follow behind these.',
    ...filter(policy, family),
    '',
  ].join('\n');
}

/**
 * Destinations at which the node itself is meant. One line each: of a list, IPv6 wants all types to hold at once, and
 * it refuses the word broadcast. Source: kernel net/netfilter/xt_addrtype.c, match_type6.
 */
const HERE = { 4: ['LOCAL', 'ANYCAST', 'BROADCAST', 'MULTICAST'], 6: ['LOCAL', 'ANYCAST', 'MULTICAST'] } as const;

/** Lines of one table. UFW loads the file without flushing: own chains are emptied, others' are left alone. */
function mangle(policy: Policy, family: Family): string[] {
  const add = (chain: string) => (line: string) => `-A ${chain} ${line}`;
  const established = '-m conntrack --ctstate RELATED,ESTABLISHED -j RETURN';
  const icmp = policy.rules.filter(isIcmp);
  const others = policy.rules.filter((rule) => !isIcmp(rule));
  return [
    '*mangle',
    ...[PREROUTING, PODS, SERVICES, FLOWS, REFUSED].map((chain) => `:${chain} - [0:0]`),
    // Ahead of others, whose ACCEPT would end the table.
    `-I PREROUTING -j ${PREROUTING}`,
    ...[
      '-i lo -j RETURN',
      ...texts(policy.pods, family).flatMap((prefix) => [`-s ${prefix} -j ${PODS}`, `-d ${prefix} -j ${PODS}`]),
      ...texts(policy.services, family).map((prefix) => `-d ${prefix} -j ${SERVICES}`),
      established,
      ...HERE[family].map((type) => `-m addrtype --dst-type ${type} -g ${FLOWS}`),
      ...texts(policy.virtual, family).map((prefix) => `-d ${prefix} -g ${FLOWS}`),
    ].map(add(PREROUTING)),
    ...[...policy.entrances.flatMap((entrance) => entranceLines(entrance, policy, family)), `-j ${REFUSED}`].map(
      add(PODS),
    ),
    ...[...policy.podDevices.map((device) => `-i ${deviceOf(device)} -j RETURN`), `-j ${REFUSED}`].map(add(SERVICES)),
    ...[
      ...lines(icmp, family, 'RETURN'),
      `-m conntrack --ctstate INVALID -j ${REFUSED}`,
      ...lines(others, family, 'RETURN'),
      `-j ${REFUSED}`,
    ].map(add(FLOWS)),
    ...['-m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix "[UFW BLOCK] "', '-j DROP'].map(add(REFUSED)),
    'COMMIT',
  ];
}

function filter(policy: Policy, family: Family): string[] {
  const prefix = family === 4 ? 'ufw' : 'ufw6';
  const input = (line: string) => `-A ${prefix}-before-input ${line}`;
  const rules = inputRules(policy).filter((rule) => !isUserRule(rule));
  return [
    '*filter',
    ...['input', 'output', 'forward'].map((end) => `:${prefix}-before-${end} - [0:0]`),
    ...[
      '-i lo -j ACCEPT',
      '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      ...lines(rules.filter(isIcmp), family, 'ACCEPT'),
      '-m conntrack --ctstate INVALID -j DROP',
      ...lines(
        rules.filter((rule) => !isIcmp(rule)),
        family,
        'ACCEPT',
      ),
    ].map(input),
    'COMMIT',
  ];
}

/** What INPUT lets in: every rule as it was dialled, and as it reads behind a translation to the node's own process. */
export function inputRules(policy: Policy): readonly Rule[] {
  return policy.rules.flatMap((rule) => [rule, landed(rule) ?? []].flat());
}

/** Whether UFW's own rules can say it; the rest stands in before.rules. Source: ufw/parser.py, supported protocols. */
export function isUserRule({ protocol }: Rule): boolean {
  return protocol === 'tcp' || protocol === 'udp' || protocol === 'esp' || protocol === 'any';
}

function lines(rules: readonly Rule[], family: Family, verdict: string): string[] {
  return rules
    .filter((rule) => familiesOf(rule).includes(family))
    .flatMap((rule) => singles(rule, family).map((one) => `${matches(one)} -j ${verdict}`));
}

function entranceLines(
  { device, sources, reason }: Policy['entrances'][number],
  { pods }: Policy,
  family: Family,
): string[] {
  const by = `-i ${deviceOf(device)}`;
  const why = `${commentMatch([reason])} -j RETURN`;
  if (sources === undefined) return [`${by} ${why}`];
  const between = texts(sources, family).flatMap((from) =>
    texts(pods, family).map((to) => `${by} -s ${from} -d ${to} ${why}`),
  );
  return [`${by} -m conntrack --ctstate RELATED,ESTABLISHED ${why}`, ...between];
}

function texts(set: AddressSet, family: Family): string[] {
  return prefixesOf(set, family).map(printPrefix);
}
