import { PORTS } from '../../net/well-known-ports';
import type { HostFile, HostNeeds, Package } from '../../plan/host-needs';
import { isWireguard } from '../../plan/network-kind';
import { addressesOf, addressOf, interfaceOf, isSelected } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { hostFile } from '../host-file';
import { minioOf, nfsOf, type Nfs } from './entries';

/** MinIO's console would take a random port on every address. */
const CONSOLE_PORT = 9001;

/** What storage wants of one machine: as a server of it, and as one that mounts it. */
export function storageHost(spec: Cluster, node: string): HostNeeds {
  const served = nfsOf(spec).filter((one) => one.node === node);
  const mounted = nfsOf(spec).filter((one) => one.node !== node);
  const packages: Package[] = [
    ...served.map(({ name }) => ({ name: 'nfs-kernel-server', reason: `exports ${name}` })),
    // The server's own pods and containers mount it as well.
    ...[...served, ...mounted].map(({ name }) => ({ name: 'nfs-common', reason: `mounts ${name}` })),
  ];
  return { packages, files: [...exportFiles(served, spec, node), ...minioFiles(spec, node)] };
}

function exportFiles(served: readonly Nfs[], spec: Cluster, node: string): HostFile[] {
  if (served.length === 0) return [];
  const networks = [...new Set(served.map(({ network }) => network))].sort();
  const hosts = networks.flatMap((network) => addressesOf(spec, node, network).map(String));
  return [
    hostFile(
      '/etc/exports.d/wayleave.exports',
      served.map((one) => `${one.path} ${clients(one, spec).join(' ')}`),
    ),
    hostFile('/etc/nfs.conf.d/wayleave.conf', nfsConf(served, hosts)),
    ...behind('nfs-server.service', networks, spec, node),
  ];
}

/** Every node by its own address: whoever else is on that network may not mount it. */
function clients({ network, exportOptions }: Nfs, spec: Cluster): string[] {
  return Object.keys(spec.nodes)
    .flatMap((name) => addressesOf(spec, name, network))
    .map((address) => `${String(address)}(${exportOptions.join(',')})`);
}

/** Source: nfs.conf(5). */
function nfsConf(served: readonly Nfs[], hosts: readonly string[]): string[] {
  const old = served.some(({ version }) => version === 3);
  const nfsd = ['[nfsd]', ...hosts.map((host) => `host = ${host}`)];
  if (!old) return ['# one port, and no port mapper', ...nfsd, 'vers3 = n'];
  return [
    ...nfsd,
    'vers3 = y',
    '# ports that the firewall can know',
    '[mountd]',
    `port = ${PORTS.mountdTcp.port}`,
    '[statd]',
    `port = ${PORTS.statdTcp.port}`,
    '[lockd]',
    `port = ${PORTS.lockdTcp.port}`,
    `udp-port = ${PORTS.lockdUdp.port}`,
  ];
}

/** MinIO's unit reads its flags from the environment too. Source: MinIO, cmd/server-main.go; minio-service. */
function minioFiles(spec: Cluster, node: string): HostFile[] {
  const own = minioOf(spec).filter((one) => isSelected(spec, node, one.nodes));
  const [one] = own;
  if (one === undefined) return [];
  const address = addressOf(spec, node, one.network);
  return [
    hostFile('/etc/systemd/system/minio.service.d/10-wayleave.conf', [
      '[Service]',
      `# S3 on ${one.network} alone; the console for whoever is on the machine`,
      `Environment=MINIO_ADDRESS=${address.withPort(one.port)}`,
      `Environment=MINIO_CONSOLE_ADDRESS=localhost:${CONSOLE_PORT}`,
    ]),
    ...behind('minio.service', [one.network], spec, node),
  ];
}

/** What binds an overlay's address starts behind it. */
function behind(unit: string, networks: readonly string[], spec: Cluster, node: string): HostFile[] {
  const overlays = networks.filter((network) => isWireguard(spec, network));
  if (overlays.length === 0) return [];
  const units = overlays.map((network) => `wg-quick@${interfaceOf(spec, node, network)}.service`);
  return [
    hostFile(`/etc/systemd/system/${unit}.d/10-wayleave-overlay.conf`, [
      '[Unit]',
      `# it binds addresses of ${overlays.join(', ')}`,
      ...units.flatMap((one) => [`Requires=${one}`, `After=${one}`]),
    ]),
  ];
}
