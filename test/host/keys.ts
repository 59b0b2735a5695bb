import { execFileSync } from 'node:child_process';

/** A pair of WireGuard's. */
export interface Keys {
  readonly privateKey: string;
  readonly publicKey: string;
}

const wg = (command: string, input = '') => execFileSync('wg', [command], { encoding: 'utf8', input });

export function makeKey(): Keys {
  const privateKey = wg('genkey').trim();
  return { privateKey, publicKey: wg('pubkey', privateKey).trim() };
}

export function makeKeys(nodes: readonly string[]): Map<string, Keys> {
  return new Map(nodes.map((node) => [node, makeKey()]));
}

export const makeSharedKey = () => wg('genpsk');
