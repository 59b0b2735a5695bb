import type { MssClampOptions } from './options';
import { nftFile, nftUnit } from '../nft-table';

export const RULES_PATH = '/etc/wayleave/mss-clamp.nft';
const TABLE = 'table inet wayleave_mss';

/**
 * The kernel lowers the option and never raises it
 * (net/netfilter/nft_exthdr.c); `rt mtu` is what the packet's own route allows, its headers taken off.
 */
export function ruleset({ segmentBytes }: MssClampOptions, device: string, where: string): string {
  const size = segmentBytes === 'path-mtu' ? 'rt mtu' : String(segmentBytes);
  const rule = (end: 'iifname' | 'oifname') =>
    `\t\t${end} "${device}" tcp flags & (syn | rst) == syn tcp option maxseg size set ${size}`;
  return nftFile(TABLE, where, [
    '\tchain forward {',
    '\t\ttype filter hook forward priority mangle; policy accept;',
    rule('iifname'),
    rule('oifname'),
    '\t}',
  ]);
}

/** Loads the table at boot, and again behind whoever flushes all of nftables. */
export const UNIT = nftUnit('TCP segment size on forwarding, written by Wayleave', RULES_PATH, TABLE);
