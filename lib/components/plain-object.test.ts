import { App, Chart } from 'cdk8s';
import { IntOrString, KubeConfigMap, KubeNetworkPolicy, KubeService } from '../../imports/k8s';
import { addObject, addPlainObject } from './plain-object';

const metadata = { name: 'web', namespace: 'shop', annotations: { b: '2', a: '1' } };

function chart(add: (chart: Chart) => void): Chart {
  const made = new Chart(new App(), 'chart', { disableResourceNameHashes: true });
  add(made);
  return made;
}
const rendered = (add: (chart: Chart) => void) => JSON.stringify(chart(add).toJson());

describe('an object of plain data', () => {
  const spec = {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { except: undefined, cidr: 'block' } }], ports: [] }],
  };

  test('is what cdk8s makes of it, byte by byte', () => {
    expect(rendered((own) => addPlainObject(KubeNetworkPolicy, own, 'web', { spec, metadata }))).toBe(
      rendered((own) => new KubeNetworkPolicy(own, 'web', { spec, metadata } as never)),
    );
  });

  test('and so is a typed one', () => {
    const service = {
      metadata,
      spec: {
        selector: { tier: 'front', app: 'web' },
        ports: [{ port: 80, name: 'http', targetPort: IntOrString.fromString('web') }],
      },
    };
    expect(rendered((own) => addObject(KubeService, own, 'web', service))).toBe(
      rendered((own) => new KubeService(own, 'web', service)),
    );
    const map = { metadata, data: { b: '2', a: '1' } };
    expect(rendered((own) => addObject(KubeConfigMap, own, 'web', map))).toBe(
      rendered((own) => new KubeConfigMap(own, 'web', map)),
    );
  });

  test('has one list where several objects have one that cannot change', () => {
    const to = Object.freeze([{ ipBlock: { cidr: 'block' } }]);
    const [a, b] = chart((own) => {
      addPlainObject(KubeNetworkPolicy, own, 'a', { metadata, to });
      addPlainObject(KubeNetworkPolicy, own, 'b', { metadata, to });
    }).toJson() as { to: unknown }[];
    expect(a?.to).toBe(to);
    expect(b?.to).toBe(to);
  });
});
