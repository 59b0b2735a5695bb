import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import { register, type Registered } from '../components/component';
import type { CapabilityName } from '../plan/capability';

/** What an example may say of a made-up component. */
interface MadeUp {
  readonly provides?: readonly CapabilityName[];
  readonly requires?: readonly CapabilityName[];
  /** Kernel settings, on every node. */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Paths of files, on every node. */
  readonly files?: readonly string[];
  /** Core objects by kind and name, with their namespace if they have one, such as `Namespace shop`, `Service shop/web`. */
  readonly objects?: readonly string[];
}

/** Components as an example writes them, by name. */
export function madeUp(text: string): Registered[] {
  return Object.entries(parse(text) as Record<string, MadeUp>).map(([name, does]) => component(name, does));
}

function component(name: string, { provides, requires, sysctls, files, objects }: MadeUp): Registered {
  const source = ['components', name];
  return register<MadeUp>({
    name,
    options: () => ({}),
    provides: () => (provides ?? []).map((one) => ({ name: one, failure: `${one} is lost`, source })),
    requires: () => (requires ?? []).map((one) => ({ name: one, source })),
    host: () => ({
      sysctls: Object.entries(sysctls ?? {}).map(([key, value]) => ({ key, value, reason: `${name} wants it` })),
      files: (files ?? []).map((path) => ({ path, content: `# ${name}\n` })),
    }),
    ...(objects === undefined
      ? {}
      : {
          manifests: (chart) => {
            for (const object of objects) {
              const [kind = '', place = ''] = object.split(' ');
              const [called = '', namespace] = place.split('/').reverse();
              new ApiObject(chart, object.replace('/', ' '), {
                apiVersion: 'v1',
                kind,
                metadata: { name: called, ...(namespace === undefined ? {} : { namespace }) },
              });
            }
          },
        }),
  });
}
