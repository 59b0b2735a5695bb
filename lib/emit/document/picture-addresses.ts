import { ownerOf } from '../../plan/capability';
import type { Claim } from '../../plan/claim';
import { poolOf } from '../../plan/load-balancer';
import type { Plan } from '../../plan/plan';
import { tailnetRouters } from '../../plan/tunnel';
import { sortedEntries } from '../../text/compare';
import { id, label } from './mermaid';
import { product } from './words';

/** What is on the networks beside the nodes: virtual addresses and who announces them, other people's machines, routers of a tailnet. */
export function onNetworks(plan: Plan): string[] {
  return [...virtual(plan), ...reserved(plan), ...tailnets(plan)];
}

function virtual(plan: Plan): string[] {
  const api = plan.claims.filter(({ source }) => source[0] === 'api');
  const services = plan.loadBalancers.flatMap(({ name, addresses, ...service }) => {
    const network = poolOf(plan.spec, { name, ...service })?.network;
    return addresses === undefined || network === undefined ? [] : [{ name, addresses, network }];
  });
  return [
    ...api.flatMap((claim) => address(claim, 'Kubernetes API', ownerOf(plan, 'api-address'))),
    ...services.flatMap((one) => address(one, one.name, ownerOf(plan, 'load-balancer-announcement'))),
  ];
}

function address(
  { addresses, network }: Pick<Claim, 'addresses' | 'network'>,
  what: string,
  announcer: string | undefined,
): string[] {
  const vip = id('vip', String(addresses));
  const by = announcer === undefined ? 'virtual' : `announced by ${product(announcer)}`;
  return [`  ${vip}{{${label(String(addresses), what)}}}`, `  ${vip} -.-|${label(by)}| ${id('net', network)}`];
}

function reserved({ spec }: Plan): string[] {
  return sortedEntries(spec.networks).flatMap(([name, network]) =>
    'reserved' in network
      ? network.reserved.flatMap((one) => {
          const box = id('other', `${name} ${one.owner}`);
          return [
            `  ${box}[${label(one.owner, one.purpose)}]`,
            `  ${box} ---|${label(String(one.addresses))}| ${id('net', name)}`,
          ];
        })
      : [],
  );
}

/** Devices of a tailnet that the nodes are not on come in by pods, from which they reach what the routes cover. */
function tailnets(plan: Plan): string[] {
  const { spec } = plan;
  return sortedEntries(spec.networks).flatMap(([name, { kind }]) => {
    const routers = kind === 'tailnet' ? tailnetRouters(spec, name) : undefined;
    return (routers?.workloads ?? []).flatMap((pod) => {
      const box = id('pod', pod);
      const calls = plan.flows.filter(
        ({ from, address: by, dialled }) =>
          from.kind === 'workload' && from.workload === pod && by === 'vip' && dialled !== undefined,
      );
      const called = [...new Set(calls.map(({ dialled }) => String(dialled)))].sort();
      return [
        `  ${box}(${label(pod.split('/').at(-1) ?? pod, 'a pod')})`,
        `  ${id('net', name)} --- ${box}`,
        `  ${box} ---|${label('its node')}| ${id('net', spec.k3s.nodeNetwork)}`,
        ...called.map((one) => `  ${box} --> ${id('vip', one)}`),
      ];
    });
  });
}
