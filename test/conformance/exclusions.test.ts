import { EXCLUSIONS } from '../../lib/components/argocd/exclusions';
import { describeObject, distClusters, distObjects, groupOf } from './dist';

/** Argo CD leaves these out in any case. Source: argo-cd util/settings/resources_filter.go. */
const ALWAYS = [
  { apiGroups: [''], kinds: ['Event'] },
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
  { apiGroups: ['events.k8s.io', 'metrics.k8s.io'], kinds: ['*'] },
];

test.each(distClusters())('Argo CD overlooks no object of %s', (cluster) => {
  const overlooked = distObjects(cluster).filter((object) =>
    [...EXCLUSIONS, ...ALWAYS].some(
      ({ apiGroups, kinds }) =>
        apiGroups.includes(groupOf(object)) && (kinds.includes('*') || kinds.includes(object.kind)),
    ),
  );
  expect(overlooked.map(describeObject)).toEqual([]);
});
