import { writtenFor } from './host-file';

/**
 * A file for `nft -f` that holds one table of ours and replaces it as one transaction: naming it first makes its
 * deletion good whether it is there or not. What others own stays as it is.
 */
export function nftFile(table: string, where: string, body: readonly string[]): string {
  return ['#!/usr/sbin/nft -f', writtenFor(where), '', table, `delete ${table}`, `${table} {`, ...body, '}', ''].join(
    '\n',
  );
}

/**
 * A systemd unit that loads one table of ours at boot. Not `/etc/nftables.conf`, which begins with `flush ruleset` on
 * Debian and Ubuntu and so wipes everyone's rules: whoever starts that unit gets our table back behind it.
 */
export function nftUnit(description: string, rulesPath: string, table: string): string {
  return `${writtenFor()}
[Unit]
Description=${description}
DefaultDependencies=no
After=nftables.service
PartOf=nftables.service
ReloadPropagatedFrom=nftables.service
Wants=network-pre.target
Before=network-pre.target shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/nft -f ${rulesPath}
ExecReload=/usr/sbin/nft -f ${rulesPath}
ExecStop=/usr/sbin/nft delete ${table}

[Install]
WantedBy=sysinit.target
`;
}
