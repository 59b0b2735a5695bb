import type { HostFile } from '../../plan/host-needs';
import type { Plan } from '../../plan/plan';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { yaml } from '../../text/yaml';
import { writtenFor } from '../host-file';
import { swarmMtu } from './mtu';
import type { SwarmOptions } from './options';
import { STACK_PATH } from './place';

/** Whether Wayleave has anything to run on the Swarm. */
export function hasStack({ dnsmasq, easyhaproxy }: SwarmOptions): boolean {
  return dnsmasq !== undefined || easyhaproxy !== undefined;
}

/** The stack file, for `docker stack deploy`, of what all components run on the Swarm. */
export function stackFile(options: SwarmOptions, { spec, stack }: Plan): HostFile[] {
  if (!hasStack(options)) return [];
  const all = (key: 'services' | 'networks' | 'volumes') =>
    Object.fromEntries(sortedEntries(Object.assign({}, ...stack.map((part) => part[key])) as Record<string, object>));
  const network = { driver: 'overlay', driver_opts: mtuOption(options, spec) };
  const networks = sortedEntries(all('networks')).map(([name, one]) => [name, { ...network, ...one }] as const);
  const volumes = all('volumes');
  const content = {
    // Older clients take a file without it for one of another age.
    version: '3.8',
    services: all('services'),
    networks: { default: network, ...Object.fromEntries(networks) },
    ...(Object.keys(volumes).length === 0 ? {} : { volumes }),
  };
  const body = yaml(content as Parameters<typeof yaml>[0]);
  return [{ path: STACK_PATH, content: `${writtenFor(spec.name)}\n${body}` }];
}

/** Docker gives networks that span nodes 1500 bytes, whatever carries them. */
export function mtuOption(options: SwarmOptions, spec: Cluster): { readonly [key: string]: string } {
  return { 'com.docker.network.driver.mtu': String(swarmMtu(options, spec).bytes) };
}
