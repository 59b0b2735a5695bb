import { PORTS, type WellKnownPort } from '../../net/well-known-ports';
import type { Nfs } from './entries';

/** A daemon of an NFS server, on the port it is pinned to. */
export interface Daemon {
  readonly port: WellKnownPort;
  readonly purpose: string;
  /** Whether it binds every address, whatever it is told. */
  readonly everywhere: boolean;
}

/**
 * What clients dial. Version 4 is one port; version 3 asks the port mapper for mountd's, and for those of locks unless
 * it is mounted with `nolock`. Source: RFC 7530; nfs(5); nfs.conf(5).
 */
export function daemonsOf({ version, mountOptions }: Pick<Nfs, 'version' | 'mountOptions'>): Daemon[] {
  const daemon = (port: WellKnownPort, purpose: string, everywhere = false) => ({ port, purpose, everywhere });
  const nfs = daemon(PORTS.nfs, 'NFS');
  if (version === 4) return [nfs];
  return [
    nfs,
    daemon(PORTS.rpcbindTcp, 'port mapper of NFS 3', true),
    daemon(PORTS.rpcbindUdp, 'port mapper of NFS 3', true),
    daemon(PORTS.mountdTcp, 'mountd of NFS 3', true),
    daemon(PORTS.mountdUdp, 'mountd of NFS 3', true),
    ...(mountOptions.includes('nolock')
      ? []
      : [
          daemon(PORTS.statdTcp, 'statd of NFS 3', true),
          daemon(PORTS.statdUdp, 'statd of NFS 3', true),
          daemon(PORTS.lockdTcp, 'locks of NFS 3', true),
          daemon(PORTS.lockdUdp, 'locks of NFS 3', true),
        ]),
  ];
}
