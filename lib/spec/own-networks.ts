/** Networks that every cluster has beside those of its spec. */
export const PODS = 'pods';
export const SERVICES = 'services';
/** Whatever lies beyond the cluster's own networks. */
export const OUTSIDE = 'outside';
/** Of Docker's own networks, where a cluster has a Swarm. */
export const CONTAINERS = 'containers';
