import honeydue from '../../clusters/honeydue';
import nimbus from '../../clusters/nimbus';
import { ClusterStage } from './cluster-stage';
import { requireHost } from './requirements';

requireHost();

/** Whoever gives up root this way has no capability left: what he may bind, the host alone decides. */
const bindAs = (user: number, port: number) => [
  'python3',
  '-c',
  `import os, socket
os.setgroups([]); os.setgid(${user}); os.setuid(${user})
door = socket.socket(socket.AF_INET6)
try: door.bind(('::', ${port})); print('bound')
except PermissionError: print('refused')`,
];

test.each([
  ['honeydue', honeydue, 'bound'],
  ['nimbus', nimbus, 'refused'],
] as const)('on a node of %s user 65532 binds low ports only where Traefik has to', async (name, spec, wanted) => {
  const stage = await ClusterStage.open({ name, spec }, 'nftables');
  try {
    for (const host of stage.nodes.values())
      for (const port of [80, 443]) expect(host.exec(bindAs(65532, port)).trim()).toBe(wanted);
  } finally {
    await stage.close();
  }
});

test('every setting of the network that is written is what the kernel has afterwards', async () => {
  const stage = await ClusterStage.open({ name: 'honeydue', spec: honeydue }, 'ufw');
  try {
    for (const [node, host] of stage.nodes) {
      const written = stage.files(node).get('/etc/sysctl.d/99-wayleave.conf') ?? '';
      const settings = [...written.matchAll(/^-?(net\.\S+) = (\S+)$/gm)];
      expect(settings.length).toBeGreaterThan(5);
      for (const [, key = '', value] of settings) {
        const paths = host
          .run(`ls -d /proc/sys/${key.replaceAll('.', '/')}`)
          .trim()
          .split('\n');
        for (const path of paths) expect(`${path} ${host.exec(['cat', path]).trim()}`).toBe(`${path} ${value ?? ''}`);
      }
    }
  } finally {
    await stage.close();
  }
});
