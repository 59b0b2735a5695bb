import { ask, networkPolicy, pod } from '../../test/reach/ask';

const service = (type: string, more: object = {}) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 's', namespace: 'x' },
    spec: { type, selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...more },
  });

const deployment = (name: string, replicas: number) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'x' },
    spec: { replicas, template: { metadata: { labels: { app: name } }, spec: {} } },
  });

const web = pod('x', 'web', { app: 'web' });
const host = pod('x', 'agent', { app: 'agent' }, { hostNetwork: true });
const closed = networkPolicy('x', { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress', 'Egress'] });

describe('a pod to itself', () => {
  test('is left open where it is alone, whatever policies say', () => {
    expect(ask([web, closed]).open('x/web', 'x/web')).toEqual(['all (self)']);
    expect(ask([web]).allowed('x/web', 'x/web')).toBe('all');
  });

  test('of several pods one reaches another by the policies', () => {
    const { allowed, open } = ask([deployment('web', 2), closed]);
    expect([allowed('x/web', 'x/web'), open('x/web', 'x/web')]).toEqual(['none', []]);
  });
});

describe('pods of the host network', () => {
  test('are not asked whether a policy selects them', () => {
    const all = networkPolicy('x', { podSelector: {}, policyTypes: ['Ingress'] });
    expect(ask([web, host, all]).open('x/web', 'x/agent')).toEqual(['all (host-network)']);
    expect(ask([web, host, closed]).allowed('203.0.113.1', 'x/agent')).toBe('all');
  });

  test('may reach pods, since those of the same node always do', () => {
    expect(ask([web, host, closed]).open('x/agent', 'x/web')).toEqual(['all (host-network)']);
    const everyone = networkPolicy('x', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] });
    const { allowed, open } = ask([web, host, everyone]);
    expect([allowed('x/agent', 'x/web'), open('x/agent', 'x/web')]).toEqual([
      'TCP 80',
      ['TCP 1-79, 81-65535; UDP; SCTP; ICMP; ICMPv6; IP protocol (host-network)'],
    ]);
  });

  test('may be found by a selector or a block, and by nothing else', () => {
    const out = (to: object) =>
      networkPolicy('x', {
        podSelector: { matchLabels: { app: 'web' } },
        policyTypes: ['Egress'],
        egress: [{ to: [to] }],
      });
    expect(ask([web, host, out({ podSelector: { matchLabels: { app: 'agent' } } })]).open('x/web', 'x/agent')).toEqual([
      'all (host-network)',
    ]);
    expect(ask([web, host, out({ ipBlock: { cidr: '192.168.0.0/16' } })]).open('x/web', 'x/agent')).toEqual([
      'all (host-network)',
    ]);
    expect(
      ask([web, host, out({ podSelector: { matchLabels: { app: 'other' } } })]).verdict('x/web', 'x/agent').denied
        .isAll,
    ).toBe(true);
  });

  test('by the text of the API alone they are pods like others', () => {
    const { allowed, open } = ask([web, host, closed], { engine: 'specification' });
    expect([allowed('x/agent', 'x/web'), open('x/agent', 'x/web')]).toEqual(['none', []]);
  });
});

describe('a block behind a Service that hides its clients', () => {
  const office = networkPolicy('x', {
    podSelector: {},
    ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8080 }, { port: 9090 }] }],
  });

  test('neither surely lets through nor surely holds up what comes by the Service', () => {
    const { allowed, open } = ask([web, office, service('LoadBalancer')]);
    expect([allowed('203.0.113.1', 'x/web'), open('203.0.113.1', 'x/web')]).toEqual([
      'TCP 9090',
      ['TCP 8080 (service-nat)'],
    ]);
    expect([allowed('198.51.100.1', 'x/web'), open('198.51.100.1', 'x/web')]).toEqual([
      'none',
      ['TCP 8080 (service-nat)'],
    ]);
  });

  test.each([
    ['a Service that keeps the address', service('LoadBalancer', { externalTrafficPolicy: 'Local' })],
    ['a Service of the cluster', service('ClusterIP')],
  ])('%s leaves nothing open', (_, manifest) => {
    const { allowed, open } = ask([web, office, manifest]);
    expect([allowed('203.0.113.1', 'x/web'), open('203.0.113.1', 'x/web')]).toEqual(['TCP 8080, 9090', []]);
  });

  test('nor does a rule that lets every address through', () => {
    const all = networkPolicy('x', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] });
    expect(ask([web, all, service('NodePort')]).allowed('203.0.113.1', 'x/web')).toBe('all');
  });
});
