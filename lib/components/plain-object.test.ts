import { App, Chart } from 'cdk8s';
import { KubeNetworkPolicy } from '../../imports/k8s';
import { PlainObject } from './plain-object';

const chart = (name: string) => new Chart(new App(), name, { disableResourceNameHashes: true });
const metadata = { name: 'web', namespace: 'shop', annotations: { b: '2', a: '1' } };

describe('an object of plain data', () => {
  test('is what cdk8s makes of it, byte by byte', () => {
    const spec = {
      podSelector: {},
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ ipBlock: { except: undefined, cidr: 'block' } }], ports: [] }],
    };
    const plain = new PlainObject(chart('a'), 'web', { ...KubeNetworkPolicy.GVK, metadata, spec });
    const typed = new KubeNetworkPolicy(chart('b'), 'web', { metadata, spec } as never);
    expect(JSON.stringify(plain.toJson())).toBe(JSON.stringify(typed.toJson()));
  });

  test('heeds metadata that is added later', () => {
    const plain = new PlainObject(chart('a'), 'web', { ...KubeNetworkPolicy.GVK, metadata });
    plain.metadata.addLabel('tier', 'front');
    expect(plain.toJson()).toMatchObject({ metadata: { labels: { tier: 'front' } } });
  });

  test('holds nothing but plain data', () => {
    const plain = new PlainObject(chart('a'), 'web', { ...KubeNetworkPolicy.GVK, metadata, spec: { at: new Date(0) } });
    expect(() => plain.toJson()).toThrow('an object of plain data cannot hold a Date');
  });
});
