import type { Address } from '../../net/address';
import { sortedBy } from '../../text/compare';
import { nftFile, nftUnit } from '../nft-table';
import type { DnsmasqOptions } from './options';

export const RULES_PATH = '/etc/wayleave/dns.nft';
export const UNIT_PATH = '/etc/systemd/system/wayleave-dns.service';
const TABLE = 'table inet wayleave_dns';

/**
 * Sends what is dialled at the port of names on to the published one. Ahead of Docker's own translation, since a
 * connection is translated once, by whoever comes first; the packet then reaches the published port on the node itself,
 * where Docker's proxy answers. Source: kernel net/netfilter/nf_nat_core.c, nf_nat_inet_fn.
 */
export function ruleset(options: DnsmasqOptions, own: readonly Address[], where: string): string {
  return nftFile(TABLE, where, [
    '\t# to the address of the device it came in by, under which the proxy then answers',
    ...chain('prerouting', entering(own, options)),
    '\t# what the node asks itself keeps its address: the proxy would answer a redirected question under another one',
    ...chain('output', asked(own, options)),
  ]);
}

function chain(hook: 'prerouting' | 'output', rules: readonly string[]): string[] {
  return [
    `\tchain ${hook} {`,
    `\t\ttype nat hook ${hook} priority -101; policy accept;`,
    ...rules.map((rule) => `\t\t${rule}`),
    '\t}',
  ];
}

const PROTOCOLS = ['tcp', 'udp'] as const;

function entering(own: readonly Address[], { redirectFrom, publishedPort }: DnsmasqOptions): string[] {
  return ([4, 6] as const).flatMap((version) => {
    const addresses = ofFamily(own, version);
    if (addresses.length === 0) return [];
    const dialled = `${FAMILIES[version]} daddr { ${addresses.join(', ')} }`;
    return PROTOCOLS.map((protocol) => `${dialled} ${protocol} dport ${redirectFrom} redirect to :${publishedPort}`);
  });
}

function asked(own: readonly Address[], { redirectFrom, publishedPort }: DnsmasqOptions): string[] {
  return ([4, 6] as const).flatMap((version) =>
    ofFamily(own, version).flatMap((address) => {
      const family = FAMILIES[version];
      return PROTOCOLS.map(
        (protocol) =>
          `${family} daddr ${address} ${protocol} dport ${redirectFrom} dnat ${family} to ${address.withPort(publishedPort)}`,
      );
    }),
  );
}

const FAMILIES = { 4: 'ip', 6: 'ip6' } as const;

function ofFamily(own: readonly Address[], version: 4 | 6): Address[] {
  const byText = new Map(own.filter(({ family }) => family === version).map((address) => [String(address), address]));
  return sortedBy(byText.values(), String);
}

/** Loads the table at boot, and again behind whoever flushes all of nftables. */
export const UNIT = nftUnit('Port of names, sent on to dnsmasq, written by Wayleave', RULES_PATH, TABLE);
