import { runsK3s } from '../../spec/orchestrator';
import { register } from '../component';
import { addNamespace } from '../namespace';

/** The namespaces that components declare. One owner makes them all, so that any of them may share one. */
export const namespaces = register<Record<string, never>>({
  name: 'namespaces',
  options: (spec) => (runsK3s(spec) ? {} : undefined),
  provides: () => [
    {
      name: 'namespaces',
      failure: 'a namespace that is removed takes all its objects with it; nothing here removes one',
      source: [],
    },
  ],
  manifests: (chart, _, plan) => plan.namespaces.forEach((namespace) => addNamespace(chart, namespace)),
});
