import { clusterSchema } from '../spec/cluster';
import { smallSpec } from '../../test/support/spec';
import { portOfHost, servedPorts, wantsTls } from './app-hosts';

function appOf(input: object) {
  const app = clusterSchema.parse(smallSpec({ apps: { web: { namespace: 'shop', ...input } } })).apps['web'];
  if (app === undefined) throw new Error('the app is gone');
  return app;
}

test('an app with one port sends its hosts there', () => {
  const app = appOf({ ports: { http: 8080 }, hosts: ['a.test'] });
  expect(app.hosts.map((host) => portOfHost('web', app, host).name)).toEqual(['http']);
});

test('of several ports a host must name one', () => {
  const app = appOf({ ports: { http: 80, admin: 90 }, hosts: ['a.test'] });
  expect(() => app.hosts.map((host) => portOfHost('web', app, host))).toThrow(
    'host a.test of app web leads to no port',
  );
});

test('an ingress dials each port once, and only of apps it serves', () => {
  const app = appOf({
    ports: { http: 80, admin: 90 },
    hosts: ['a', 'b'].map((name) => ({ host: `${name}.test`, port: 'admin' })),
  });
  expect(servedPorts('web', app, 'traefik').map((port) => port.container)).toEqual([90]);
  expect(servedPorts('web', { ...app, ingress: 'other' }, 'traefik')).toEqual([]);
});

test('the nearest zone says whether the origin speaks TLS', () => {
  const zones = { 'shop.test': { originTls: 'flexible' as const }, 'pay.shop.test': { originTls: 'strict' as const } };
  const spec = clusterSchema.parse(smallSpec({ dns: { zones } }));
  expect(
    ['shop.test', 'a.shop.test', 'pay.shop.test', 'a.pay.shop.test', 'workshop.test'].map((host) =>
      wantsTls(spec, host),
    ),
  ).toEqual([false, false, true, true, false]);
});
