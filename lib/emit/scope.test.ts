import { groupOf, isClusterScoped } from './scope';

describe('isClusterScoped', () => {
  it.each([
    ['v1', 'Namespace'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['cert-manager.io/v1', 'ClusterIssuer'],
    ['cilium.io/v2', 'CiliumLoadBalancerIPPool'],
    ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy'],
    ['projectcalico.org/v3', 'GlobalNetworkPolicy'],
    ['operator.tigera.io/v1', 'Installation'],
    ['tailscale.com/v1alpha1', 'Connector'],
  ])('knows %s %s', (apiVersion, kind) => {
    expect(isClusterScoped(groupOf(apiVersion), kind)).toBe(true);
  });

  it.each([
    ['v1', 'Service'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['cert-manager.io/v1', 'Issuer'],
    ['cilium.io/v2', 'CiliumNetworkPolicy'],
    ['argoproj.io/v1alpha1', 'AppProject'],
    ['example.com/v1', 'ClusterRole'],
  ])('takes %s %s for namespaced', (apiVersion, kind) => {
    expect(isClusterScoped(groupOf(apiVersion), kind)).toBe(false);
  });
});
