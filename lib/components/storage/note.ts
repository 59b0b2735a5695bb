import type { Note } from '../../plan/declares';
import { addressOf } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';
import { runsK3s } from '../../spec/orchestrator';
import { code, fenced } from '../../text/markdown';
import { minioOf, nfsOf, type Minio, type Nfs } from './entries';
import { endpointsOf } from './minio';
import { driverOptions, mountOptionsOf } from './volumes';

export function storageNotes(spec: Cluster): Note[] {
  const served = [...nfsOf(spec).map((one) => nfs(one, spec)), ...minioOf(spec).map((one) => minio(one, spec))];
  return [{ section: 'nodes', title: 'Storage', text: served.join('\n\n') }, ...firstStart(spec)];
}

function nfs(one: Nfs, spec: Cluster): string {
  const { type, o, device } = driverOptions(one, spec);
  const locks =
    one.mountOptions.includes('nolock') && one.version === 4
      ? [' In version 4 locks are part of the protocol, and `nolock` says nothing.']
      : [];
  const soft = one.mountOptions.includes('soft')
    ? [
        ' With `soft` a write is lost, with an error that few programs look at, when the server is away for long; `hard` waits.',
      ]
    : [];
  return [
    `${code(one.name)}: ${code(one.node)} exports ${code(one.path)} by NFS ${one.version} at ${code(String(addressOf(spec, one.node, one.network)))}, on ${code(one.network)} alone, to the nodes; they mount it with ${code(mountOptionsOf(one).join(','))}.${[...locks, ...soft].join('')}`,
    ...(runsK3s(spec)
      ? [`A claim takes it by ${code(`volumeName: ${one.name}`)} and ${code('storageClassName: ""')}.`]
      : []),
    ...(spec.swarm === undefined
      ? []
      : [
          'For a service of the Swarm:',
          fenced('sh', [
            `docker service create --mount 'type=volume,source=${one.name},destination=/data,volume-driver=local,volume-opt=type=${type},"volume-opt=o=${o}",volume-opt=device=${device}' IMAGE`,
          ]),
        ]),
  ].join('\n\n');
}

function minio(one: Minio, spec: Cluster): string {
  const endpoints = endpointsOf(one, spec).map(code).join(', ');
  const inside = runsK3s(spec)
    ? ` Pods call ${code(`http://${one.name}.${one.namespace}:${one.port}`)}, a Service without selector whose EndpointSlice holds the same addresses.`
    : '';
  return `${code(one.name)}: MinIO on the nodes themselves answers S3 at ${endpoints}, on ${code(one.network)} alone, in clear but for what carries it.${inside} Nothing here installs it: its own package brings ${code('minio.service')}, whose credentials stay in ${code('/etc/default/minio')} on the machine. Addresses in that file (${code('MINIO_ADDRESS')}, or ${code('--address')} in ${code('MINIO_OPTS')}) outrank these and must not be there.`;
}

/** Source: exports(5), user ID mapping. */
const SQUASHED =
  'The folder is root’s, and root of another machine is nobody here (`root_squash`, the default of NFS): what runs as root writes nothing into it. Give the folder to the user as whom pods or containers write (`sudo chown UID:GID`), and let them run as that one.';

function firstStart(spec: Cluster): Note[] {
  const exports = nfsOf(spec);
  if (exports.length === 0) return [];
  return [
    {
      section: 'first-services',
      title: 'Exports',
      text: [
        ...exports.map((one) =>
          [
            `On ${code(one.node)}:`,
            fenced('sh', [
              `sudo install -d -m 0755 ${one.path}`,
              'sudo systemctl daemon-reload',
              'sudo systemctl enable nfs-server.service',
              'sudo systemctl restart nfs-server.service',
              'sudo exportfs -v',
            ]),
            ...(one.exportOptions.includes('no_root_squash') ? [] : [SQUASHED]),
          ].join('\n\n'),
        ),
      ].join('\n\n'),
    },
  ];
}
