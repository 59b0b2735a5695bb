import type { Namespace } from './namespace';

/** Fragments that a host's kernel made or put together again since it began. Source: /proc/net/snmp and snmp6. */
export function fragments(host: Namespace): number {
  const six = ['Ip6FragCreates', 'Ip6ReasmReqds'];
  const [names = '', values = ''] = host
    .exec(['cat', '/proc/net/snmp'])
    .split('\n')
    .filter((line) => line.startsWith('Ip:'));
  const four = names.split(' ').flatMap((name, i) => (/^(FragCreates|ReasmReqds)$/.test(name) ? [i] : []));
  const ofFour = four.map((i) => Number(values.split(' ')[i]));
  const ofSix = host
    .exec(['cat', '/proc/net/snmp6'])
    .split('\n')
    .map((line) => line.split(/\s+/))
    .filter(([name = '']) => six.includes(name))
    .map(([, value]) => Number(value));
  return [...ofFour, ...ofSix].reduce((sum, count) => sum + count, 0);
}
