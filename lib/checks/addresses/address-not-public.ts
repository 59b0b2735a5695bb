import type { Address } from '../../net/address';
import { classify, type AddressKind } from '../../net/classify';
import { Prefix } from '../../net/prefix';
import { addressesOf, selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { fails, listed, warns } from '../found';

/** Kinds that a provider gives to machines behind its own translation. */
const TRANSLATED: readonly AddressKind[] = ['private', 'shared', 'unique-local', 'benchmarking'];
/** What a draft has until the machine is there. */
const OF_DRAFTS: AddressKind = 'documentation';

interface Odd {
  readonly node: string;
  readonly address: Address;
  readonly kind: AddressKind;
}

/** Addresses of nodes on a public network that are none: each network is reported once, for all of its nodes. */
export function addressNotPublic({ spec }: Plan): Finding[] {
  return Object.entries(spec.networks).flatMap(([network, { kind }]) => {
    if (kind !== 'public') return [];
    const odd = selectNodes(spec, 'all').flatMap((node) =>
      addressesOf(spec, node, network)
        .map((address): Odd => ({ node, address, kind: classify(address) }))
        .filter((one) => one.kind !== 'public'),
    );
    const [translated, impossible] = [true, false].map((is) =>
      odd.filter((one) => TRANSLATED.includes(one.kind) === is),
    );
    return [...behindNat(network, translated ?? []), ...nobodys(network, impossible ?? [])];
  });
}

function behindNat(network: string, odd: readonly Odd[]): Finding[] {
  const [first] = odd;
  if (first === undefined) return [];
  const prefix = Prefix.containing(first.address, first.address.family === 4 ? 24 : 64);
  return [
    warns('ADDRESS_NOT_PUBLIC', {
      at: [['networks', network, 'kind'], ...places(network, odd)],
      message: `${network} is a public network, and ${said(odd)}: nobody reaches such an address from the internet`,
      fix: `a network of kind lan with the prefix that holds them, such as ${prefix}, or the addresses that the provider announces`,
    }),
  ];
}

function nobodys(network: string, odd: readonly Odd[]): Finding[] {
  if (odd.length === 0) return [];
  return [
    (odd.every(({ kind }) => kind === OF_DRAFTS) ? warns : fails)('ADDRESS_NOT_PUBLIC', {
      at: [...places(network, odd), ['networks', network, 'kind']],
      message: `${said(odd)}, which no machine on the public network ${network} can have`,
      fix: 'the address that the provider gave the machine',
    }),
  ];
}

const places = (network: string, odd: readonly Odd[]) => odd.map(({ node }) => ['nodes', node, 'addresses', network]);

const said = (odd: readonly Odd[]) =>
  listed(odd.map(({ node, address, kind }) => `${node} has the ${kind} address ${address}`));
