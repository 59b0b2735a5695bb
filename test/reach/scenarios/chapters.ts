import { CILIUM_DENY, CILIUM_LANGUAGE } from './cilium';
import { KUBERNETES_EGRESS } from './kubernetes-egress';
import { KUBERNETES_INGRESS } from './kubernetes-ingress';
import { KUBERNETES_PORTS } from './kubernetes-ports';
import type { Chapter } from './scenario';
import { SPECIFICATION } from './specification';

const NETPOL =
  "Kubernetes' end-to-end tests of network policies (`test/e2e/network/netpol`), by the names they have there";

/** Every scenario that the engine is held to. */
export const CHAPTERS: readonly Chapter[] = [
  { title: 'Kubernetes: ingress', origin: `${NETPOL}.`, scenarios: KUBERNETES_INGRESS },
  { title: 'Kubernetes: ports and protocols', origin: `${NETPOL}.`, scenarios: KUBERNETES_PORTS },
  { title: 'Kubernetes: egress', origin: `${NETPOL}.`, scenarios: KUBERNETES_EGRESS },
  {
    title: 'Corner cases of the NetworkPolicy specification',
    origin: 'Kubernetes API reference, NetworkPolicy.',
    scenarios: SPECIFICATION,
  },
  { title: 'Cilium: deny before allow', origin: 'Cilium documentation, deny policies.', scenarios: CILIUM_DENY },
  {
    title: 'Cilium: what differs from Kubernetes',
    origin: 'Cilium documentation, policy language.',
    scenarios: CILIUM_LANGUAGE,
  },
];
