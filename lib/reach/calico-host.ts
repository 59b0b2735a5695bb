import { Address } from '../net/address';
import { AddressSet } from '../net/address-set';
import type { HostEndpoint } from './endpoint';
import type { Field } from './field';
import type { Applying } from './applying';
import { calicoStages } from './calico-tiers';
import type { Tiers } from './tier';
import type { Direction } from './policy';
import type { Stage } from './side';
import { Traffic, type Protocol } from './traffic';
import { nameOf } from './workload';

/** The profile under which a host endpoint is open until a policy says otherwise. Source: Calico docs, host endpoints. */
const OPEN_PROFILE = 'projectcalico-default-allow';

/** Reads a HostEndpoint. */
export function readHostEndpoint(field: Field): HostEndpoint {
  const spec = field.get('spec').only(['node', 'interfaceName', 'expectedIPs', 'profiles', 'ports']);
  const addresses = spec
    .get('expectedIPs')
    .items()
    .flatMap((item) => {
      const address = Address.tryParse(item.text() ?? '');
      if (address === undefined) item.invalid(`is ${JSON.stringify(item.value)}, no address`);
      return address ?? [];
    });
  const [node, device] = [spec.get('node').text(), spec.get('interfaceName').text()];
  return {
    kind: 'host',
    id: `host ${nameOf(field)}`,
    labels: field.in('metadata', 'labels').labels(),
    addresses: AddressSet.of(...addresses),
    ports: spec
      .get('ports')
      .items()
      .flatMap((port) => {
        const [name, number] = [port.get('name').text(), port.get('port').integer()];
        return name === undefined || number === undefined
          ? []
          : [{ name, port: number, protocol: (port.get('protocol').written() ?? 'tcp').toLowerCase() as Protocol }];
      }),
    open: spec.get('profiles').texts().includes(OPEN_PROFILE),
    ...(node === undefined ? {} : { node }),
    ...(device === undefined ? {} : { device }),
  };
}

function ports(tcp: readonly number[], udp: readonly number[]): Traffic {
  return Traffic.union([
    ...tcp.map((port) => Traffic.range('tcp', port)),
    ...udp.map((port) => Traffic.range('udp', port)),
  ]);
}

/** Open whatever a policy says, unless Felix is told otherwise. Source: felix `config_params.go`, Failsafe…HostPorts. */
export const FAILSAFE: Readonly<Record<Direction, Traffic>> = {
  ingress: ports([22, 179, 2379, 2380, 5473, 6443, 6666, 6667], [68]),
  egress: ports([179, 2379, 2380, 5473, 6443, 6666, 6667], [53, 67]),
};

/**
 * The stages of a host endpoint: failsafe ports, then policies that come before connection tracking, then those before
 * a Service is resolved, which only deny, then all others; and what none of them lets through is denied.
 */
export function hostStages(
  direction: Direction,
  host: HostEndpoint,
  applying: readonly Applying[],
  tiers: Tiers,
): Stage[] {
  const of = (stage: string) => applying.filter(({ policy }) => policy.stage === stage);
  const ordinary = applying.filter(({ policy }) => policy.stage === undefined || policy.stage === 'forward');
  const untracked = calicoStages(of('untracked'), tiers).map((stage): Stage => ({ ...stage, end: 'next' }));
  const preDnat = calicoStages(of('preDNAT'), tiers).map(
    (stage): Stage => ({
      end: 'next',
      rules: stage.rules.map((one) =>
        one.rule.action === 'allow' ? { ...one, rule: { ...one.rule, action: 'pass' } } : one,
      ),
    }),
  );
  return [
    { rules: [], end: 'next', always: FAILSAFE[direction] },
    ...untracked,
    ...preDnat,
    ...calicoStages(ordinary, tiers),
    { rules: [], end: host.open ? 'next' : 'deny' },
  ];
}
