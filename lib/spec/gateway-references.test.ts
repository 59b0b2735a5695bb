import { smallSpec } from '../../test/support/spec';
import type { ClusterSpec } from './cluster';
import { printPath } from './finding';
import { parseCluster } from './parse';

const found = (options: object, changes: Partial<ClusterSpec> = {}) => {
  const gateway = { kind: 'gateway', namespace: 'edge', image: 'x:1', ports: { http: { service: 80 } }, ...options };
  const apps = {
    web: { namespace: 'shop', ports: { http: 80, admin: 81 }, hosts: [{ host: 'a.test', port: 'http' }] },
  };
  return parseCluster({ ...smallSpec({ apps }), ingress: [gateway], ...changes }).findings;
};
const told = (options: object, changes?: Partial<ClusterSpec>) =>
  found(options, changes).map(
    ({ code, at, message, fix }) => `${code} ${at.map(printPath).join(' + ')}: ${message} [${fix ?? ''}]`,
  );

test('a gateway in order', () => {
  expect(found({})).toEqual([]);
});

describe('ports', () => {
  const ports = (own: object) => told({ ports: own });

  test('two on one number', () => {
    expect(ports({ http: { service: 80 }, old: { container: 8080, service: 80 } })).toEqual([
      'SPEC_INVALID ingress[0].ports.old.service + ingress[0].ports.http.service: http (80) and old (80) of one gateway both want 80/tcp of its Service [give one of them other ports]',
    ]);
  });

  test('a port inside a range, and two ranges that meet', () => {
    const said = ports({ a: { service: '8000-8999' }, b: { service: 8080 }, c: { service: '8999-9100' } });
    expect(said).toEqual([
      expect.stringContaining('both want 8080/tcp'),
      expect.stringContaining('both want 8999/tcp'),
    ]);
  });

  test('one number by two protocols is no fault', () => {
    expect(ports({ a: { service: 53 }, b: { service: 53, protocol: 'udp' } })).toEqual([]);
  });

  test('a range that runs backwards, or past the last port, with the value that would be right', () => {
    const [backwards, past, wide] = found({
      ports: {
        a: { service: '8999-8000' },
        b: { service: '65000-70000' },
        c: { service: '10-19', container: '20-28' },
      },
    });
    expect(backwards).toMatchObject({ code: 'SPEC_INVALID', fix: '8000-8999' });
    expect(past?.message).toContain('65535 is the highest');
    expect(wide?.message).toContain('as many as the Service has');
  });
});

test('a container for each of a thousand ports', () => {
  const ports = { many: { service: '8000-8999' } };
  expect(told({ ports }, { loadBalancers: [{ kind: 'servicelb' }] })).toEqual([
    expect.stringMatching(
      /^SPEC_INVALID ingress\[0\]\.ports \+ loadBalancers\[0\]\.kind: ServiceLB runs .* has 1000 ports/,
    ),
  ]);
  const pools = { main: { addresses: '192.168.50.200', network: 'lan' } };
  expect(told({ ports }, { loadBalancers: [{ kind: 'metallb', pools }] })).toEqual([]);
});

describe('routes', () => {
  test('to an app that is not there, and to a port that it has not', () => {
    expect(
      told({
        routes: [
          { host: 'b.test', app: 'wed' },
          { host: 'c.test', app: 'web', port: 'https' },
        ],
      }),
    ).toEqual([
      expect.stringMatching(/^SPEC_UNKNOWN_NAME ingress\[0\]\.routes\[0\]\.app: there is no app "wed".* \[web\]$/),
      expect.stringMatching(
        /^SPEC_UNKNOWN_NAME ingress\[0\]\.routes\[1\]\.port: app web has no port "https".* \[http\]$/,
      ),
    ]);
  });

  test('to one of several ports that nothing names', () => {
    expect(told({ routes: [{ host: 'b.test', app: 'web' }] })).toEqual([
      expect.stringContaining('ingress[0].routes[0].port: app web has the ports admin, http'),
    ]);
  });

  test('for requests that an app or another route claims already', () => {
    const route = { host: 'b.test', path: '/x', app: 'web', port: 'http' };
    expect(
      told({ routes: [{ ...route, host: 'a.test', path: '/' }, route, route, { ...route, pathType: 'Exact' }] }),
    ).toEqual([
      'HOST_TWICE ingress[0].routes[0] + apps.web.hosts[0]: app web claims a.test twice [give one of them another host name or path]',
      'HOST_TWICE ingress[0].routes[2] + ingress[0].routes[1]: app web claims b.test/x twice [give one of them another host name or path]',
    ]);
  });
});

test('what it needs and what it leads to', () => {
  expect(
    told({
      needs: [
        { app: 'web', port: 'grpc', reason: 'r' },
        { app: 'db', reason: 'r' },
      ],
      forwards: [
        { port: 'ssh', namespace: 'n', to: 22, reason: 'r' },
        { port: 'http', namespace: 'n', to: 22, reason: 'r' },
        { port: 'http', namespace: 'n', to: 23, reason: 'r' },
      ],
    }).map((line) => line.slice(0, line.indexOf(':'))),
  ).toEqual([
    'SPEC_UNKNOWN_NAME ingress[0].forwards[0].port',
    'SPEC_INVALID ingress[0].forwards[2] + ingress[0].forwards[1]',
    'SPEC_UNKNOWN_NAME ingress[0].needs[0].port',
    'SPEC_UNKNOWN_NAME ingress[0].needs[1].app',
  ]);
});

test('a certificate whose Secret is in another namespace', () => {
  const certificates: ClusterSpec['certificates'] = {
    kind: 'cert-manager',
    issuers: {
      le: { server: 'letsencrypt', solvers: [{ kind: 'dns01-cloudflare', apiToken: { name: 't', key: 'k' } }] },
    },
    certificates: { wild: { namespace: 'web', issuer: 'le', names: ['*.a.test'] } },
  };
  expect(told({ certificate: 'wild' }, { certificates })).toEqual([
    expect.stringMatching(
      /^SPEC_INVALID certificates\.certificates\.wild\.namespace \+ ingress\[0\]\.certificate: .* \[edge\]$/,
    ),
  ]);
});

test('every error at once', () => {
  expect(
    told({
      ports: { a: { service: '9-8' }, b: { service: 70000 }, c: { service: 1 }, d: { service: '1-3' } },
      routes: [{ host: 'b.test', app: 'no' }],
    }),
  ).toHaveLength(4);
});

test('a port of a node is called where the app is on the host network', () => {
  const apps = {
    files: { namespace: 'n', ports: { f: 9080 }, hostNetwork: true },
    pods: { namespace: 'n', ports: { p: 80 } },
    user: {
      namespace: 'n',
      needs: [
        { app: 'files', by: 'node' as const, reason: 'r' },
        { app: 'pods', by: 'node' as const, reason: 'r' },
      ],
    },
  };
  expect(told({}, { apps })).toEqual([
    expect.stringMatching(
      /^SPEC_INVALID apps\.user\.needs\[1\]\.by: app pods is not on the host network.* \[service\]$/,
    ),
  ]);
});
