import { selectNodes } from '../../plan/nodes';
import type { Cluster } from '../../spec/cluster';

/** What stops on a node whose k3s process stops, and what does not. */
export function k3sFailure(spec: Cluster): string {
  const others = Object.keys(spec.nodes).length > 1;
  const servers = selectNodes(spec, 'servers').length;
  const store = spec.k3s.datastore === 'etcd' && servers > 1 ? 'its API and its member of etcd are' : 'the API is';
  return [
    others
      ? 'The kubelet of that node is gone: the node turns NotReady, and after about five minutes its pods are started on others.'
      : 'The kubelet is gone, and nothing is started or restarted.',
    `On a server ${store} away too${servers > 1 ? '' : ', so nothing is scheduled and nothing changes'}.`,
    'What runs goes on, and what stands in the kernel stays.',
  ].join(' ');
}
