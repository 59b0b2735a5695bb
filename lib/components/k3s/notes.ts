import { K3S, loopback4 } from '../../net/well-known';
import type { Note } from '../../plan/declares';
import { kindWord } from '../../plan/flow';
import { addressKind } from '../../plan/network-kind';
import { addressesOf, addressOf, hostnameOf, initServer, selectNodes } from '../../plan/nodes';
import { wayOut } from '../../plan/way-out';
import type { Cluster } from '../../spec/cluster';
import { told } from '../told';
import { apiNetworks, kubeconfigUrl, serverAddresses } from './api';
import { boardNotes } from './boards';
import { recoveryNotes } from './recovery';

/** Where K3s writes a kubeconfig at each start of a server. Source: K3s documentation, cluster access. */
const KUBECONFIG = '/etc/rancher/k3s/k3s.yaml';

/** What an operator has to know of K3s itself. */
export function k3sNotes(spec: Cluster): Note[] {
  return [
    { section: 'operations', title: 'Where kubectl works', text: `${onServers()} ${fromOutside(spec)}` },
    ...validFor(spec),
    ...recoveryNotes(spec),
    ...boardNotes(spec),
  ];
}

/** For which addresses the API's certificate is told to be valid: servers' own, and what a kubeconfig names. */
function validFor(spec: Cluster): Note[] {
  const note = (names: readonly string[], whose: string) =>
    told('tls-san', ': ', names, `${whose}: the API’s certificate is valid for it`);
  const { endpoint } = spec.api;
  return [
    ...apiNetworks(spec).map((network) =>
      note(serverAddresses(spec, network), `${kindWord(addressKind(spec, network))}, each server’s own`),
    ),
    ...(endpoint !== undefined && 'vip' in endpoint
      ? [note([String(endpoint.vip)], `${kindWord('vip')}, of whichever server lives`)]
      : []),
    ...(endpoint !== undefined && 'host' in endpoint ? [note([endpoint.host], 'What kubeconfigs name')] : []),
  ];
}

function onServers(): string {
  return `K3s writes \`${KUBECONFIG}\` on every server, readable by root alone; it names \`https://${loopback4}:${K3S.httpsListenPort}\`, the server itself. So log in to any server that lives and run \`sudo k3s kubectl\`: the loss of one server changes nothing.`;
}

function fromOutside(spec: Cluster): string {
  const port = K3S.httpsListenPort;
  if (spec.api.allowFrom.length === 0) {
    const barred =
      spec.firewall.kind === 'none'
        ? 'The spec names nobody outside the cluster who may call the Kubernetes API'
        : 'Nobody outside the cluster may call the Kubernetes API';
    const first = initServer(spec);
    const through = addressesOf(spec, first, wayOut(spec))[0] ?? addressOf(spec, first, spec.k3s.nodeNetwork);
    return `${barred} (\`api.allowFrom\` is empty): from outside, take a copy of that file and go through SSH, \`ssh -L ${port}:${loopback4}:${port} LOGIN@${String(through)}\`, or the address of any other server.`;
  }
  const url = kubeconfigUrl(spec);
  return `Whom \`api.allowFrom\` lets in takes a copy of that file in which the server is \`${url}\`: ${endpoint(spec)}. Its certificate is valid for every server's own address on \`${spec.k3s.nodeNetwork}\` too.`;
}

function endpoint(spec: Cluster): string {
  const wanted = spec.api.endpoint;
  if (wanted !== undefined && 'vip' in wanted)
    return 'a virtual address, which another server takes over when one fails';
  if (wanted !== undefined && 'host' in wanted) return 'a name of its own, which has to lead to servers that live';
  const first = initServer(spec);
  const network = wanted?.network ?? spec.k3s.nodeNetwork;
  const others = selectNodes(spec, 'servers')
    .filter((name) => name !== first)
    .flatMap((name) => addressesOf(spec, name, network).slice(0, 1));
  const own = `the own address of \`${hostnameOf(spec, first)}\``;
  if (others.length === 0) return `${own}, without which nobody reaches the API`;
  const instead = others.map((address) => `\`${String(address)}\``).join(' or ');
  return `${own}; while it is away, name ${instead}`;
}
