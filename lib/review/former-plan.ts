import { AddressSet } from '../net/address-set';
import { readable } from '../net/error';
import { isMapping, member, valueAt } from '../spec/walk';

/** What is asked of a plan that was written before, read from its `network.json`. What is not there reads as nothing. */
export class FormerPlan {
  private constructor(private readonly data: unknown) {}

  /** @returns undefined for a text that is no plan */
  static read(text: string): FormerPlan | undefined {
    try {
      const data: unknown = JSON.parse(text);
      return isPlan(data) ? new FormerPlan(data) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The texts of a list, or the one text, at a path. */
  texts(...path: string[]): readonly string[] {
    const value = valueAt(this.data, path);
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.filter((one) => typeof one === 'string');
  }

  /** Releases of charts: their versions by the component that wants them. */
  get releases(): ReadonlyMap<string, string> {
    return new Map(
      this.#list('releases').flatMap((release) => {
        const [owner, version] = [member(release, 'owner'), member(release, 'version')];
        return typeof owner === 'string' && typeof version === 'string' ? [[owner, version] as const] : [];
      }),
    );
  }

  /** Addresses that Services asked for, by the Service's name. Undefined: any of the pool. */
  get services(): readonly { name: string; pool: string | undefined; addresses: AddressSet | undefined }[] {
    return this.#list('loadBalancers').flatMap((service) => {
      const name = member(service, 'name');
      const pool = member(service, 'pool');
      if (typeof name !== 'string') return [];
      return [{ name, pool: typeof pool === 'string' ? pool : undefined, addresses: addressesOf(service) }];
    });
  }

  /** Pools of load balancer addresses, by name. */
  get pools(): ReadonlyMap<string, AddressSet> {
    const pools = new Map<string, AddressSet>();
    for (const claim of this.#list('claims')) {
      const source = member(claim, 'source');
      const addresses = addressesOf(claim);
      if (!Array.isArray(source) || source[0] !== 'loadBalancers' || source[2] !== 'pools') continue;
      const name = String(source[3]);
      if (addresses !== undefined) pools.set(name, (pools.get(name) ?? AddressSet.empty).union(addresses));
    }
    return pools;
  }

  /** K3s's flags of each node: their values as JSON, by name. */
  get k3sFlags(): ReadonlyMap<string, ReadonlyMap<string, string>> {
    const nodes = valueAt(this.data, ['k3sFlags']);
    const entries = isMapping(nodes) ? Object.entries(nodes) : [];
    return new Map(entries.map(([node, flags]) => [node, flagsOf(flags)]));
  }

  #list(name: string): readonly unknown[] {
    const value = member(this.data, name);
    return Array.isArray(value) ? value : [];
  }
}

/** Every plan has had these since the first. */
function isPlan(data: unknown): boolean {
  return isMapping(data) && isMapping(data['spec']) && isMapping(data['k3sFlags']) && Array.isArray(data['claims']);
}

function addressesOf(value: unknown): AddressSet | undefined {
  const text = member(value, 'addresses');
  if (typeof text !== 'string' || text === '') return undefined;
  return readable(() => AddressSet.parse(text.split(', ')));
}

function flagsOf(flags: unknown): Map<string, string> {
  const list: readonly unknown[] = Array.isArray(flags) ? flags : [];
  return new Map(
    list.flatMap((flag) => {
      const name = member(flag, 'name');
      return typeof name === 'string' ? [[name, JSON.stringify(member(flag, 'value'))] as const] : [];
    }),
  );
}
