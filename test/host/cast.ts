import { Address } from '../../lib/net/address';
import type { Plan } from '../../lib/plan/plan';

/** Addresses that stand on the stage beside the plan's own. */
export const CAST = {
  internet4: Address.parse('203.0.113.5'),
  internet6: Address.parse('2001:db8:f::5'),
  /** A rented server's IPv6 address, which no spec names. */
  unnamed6: Address.parse('2001:db8:1::1'),
  container: Address.parse('172.17.0.2'),
  virtual: Address.parse('203.0.113.200'),
  /** The Service of something that runs on the node itself. */
  service: Address.parse('10.43.0.7'),
};

export const DOCKER = { gateway: Address.parse('172.17.0.1') };

/** The API's Service and cluster DNS. */
export const SERVICE_ADDRESSES = ['10.43.0.1', '10.43.0.10'].map((text) => Address.parse(text));

/** One pod range a family, as K3s would deal it out: the node's own block, and the next node's. */
export function podAddresses(plan: Plan) {
  return plan.spec.k3s.clusterCidrs.map((cidr) => {
    const length = cidr.family === 4 ? 24 : 64;
    const [here, there] = cidr.subnets(length);
    if (here === undefined || there === undefined) throw new Error(`${cidr} is too small`);
    const at = (n: number) => here.first.plus(n);
    return {
      family: cidr.family,
      length,
      gateway: at(1),
      first: at(5),
      second: at(6),
      far: there.first.plus(7),
      farRange: there,
    };
  });
}

/** The addresses of load balancers, which a node answers for without having them, unless IPVS gives it them. */
export function balancedAddresses(plan: Plan): Address[] {
  const ranges = plan.flows.flatMap(({ address, dialled }) => (address === 'vip' && dialled ? dialled.ranges() : []));
  return [...new Map(ranges.map(({ first }) => [String(first), first])).values()];
}
