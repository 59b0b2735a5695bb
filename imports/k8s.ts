/**
 * Typed core objects of Kubernetes. They are read from the file itself and not through `cdk8s-plus-28`, whose other
 * classes nothing here uses and which take half as long again to load; and named, since naming all of its thousand
 * takes longer than using these.
 */
export {
  IntOrString,
  KubeClusterRole,
  KubeClusterRoleBinding,
  KubeConfigMap,
  KubeDaemonSet,
  KubeDeployment,
  KubeEndpointSlice,
  KubeIngress,
  KubeNamespace,
  KubeNetworkPolicy,
  KubePersistentVolume,
  KubePodDisruptionBudget,
  KubeRole,
  KubeRoleBinding,
  KubeService,
  KubeServiceAccount,
  Quantity,
  type Affinity,
  type Container,
  type IngressRule,
  type NetworkPolicyPeer,
  type PodSpec,
  type PolicyRule,
  type Probe,
  type Volume,
  type VolumeMount,
} from 'cdk8s-plus-28/lib/imports/k8s';
