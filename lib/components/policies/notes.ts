import type { Note } from '../../plan/declares';
import { policyDialect, rendersPolicies } from '../../plan/policies';
import type { Cluster } from '../../spec/cluster';
import { PROJECT } from '../gitops-project';
import type { PoliciesMode } from './options';

/** What the document says of the policies beyond their tables. */
export function policyNotes(mode: PoliciesMode, spec: Cluster): Note[] {
  const lines = [modeLine(mode, spec), ...(rendersPolicies(spec) ? [READING, namesLine(spec), ELSEWHERE] : [])];
  return [
    { section: 'policies', title: 'How pods are closed', text: lines.join('\n\n') },
    ...(rendersPolicies(spec) ? [{ section: 'operations' as const, title: TITLE, text: refused(mode, spec) }] : []),
  ];
}

const TITLE = 'When a policy shuts somebody out';

const READING =
  'In every namespace with pods `default-deny` closes both directions. `every-pod` lets through what flows of every pod need, and a policy named after each workload what its own flows need; the annotations `wayleave/ingress` and `wayleave/egress` give the reason of each. Both ends must allow a call: the caller’s egress and the other’s ingress. Answers pass by themselves, and so does whatever a node sends to its own pods, the kubelet’s probes among it. Pods on the host network are no pods to a policy: the firewall of the nodes guards those.';

const ELSEWHERE =
  'A namespace that no component, no app and no flow speaks of has no policy: `default`, `kube-public` and whatever is made by hand. Its pods stay open to each other, to the nodes and to the world, and reach no pod of a closed namespace.';

function modeLine(mode: PoliciesMode, spec: Cluster): string {
  if (mode === 'enforce')
    return `Every namespace with pods is closed, but for the flows of this document. ${
      spec.gitops === undefined
        ? 'Apply the policies before the workloads they are for; what K3s starts by itself runs open until then.'
        : 'Argo CD applies policies before the workloads they are for; what K3s starts by itself, Argo CD included, runs open until then.'
    }`;
  if (policyDialect(spec) !== 'cilium')
    return '**Nothing is enforced.** This cluster’s engine cannot watch a policy without enforcing it, so that none is rendered (`policies: audit`). The tables below are what `policies: enforce` will let through; what is in none of them will be cut off.';
  return `**Nothing is enforced.** Cilium is in audit mode: it lets everything through, and reports what a policy would refuse (\`policies: audit\`). This holds for all of its policies${spec.cni.kind === 'cilium' && spec.cni.hostFirewall ? ', **those that guard the nodes included**: while it lasts, nodes answer anyone' : ''}. \`hubble observe --verdict AUDIT\` shows what \`policies: enforce\` will cut off.`;
}

function namesLine(spec: Cluster): string {
  if (policyDialect(spec) === 'cilium')
    return 'DNS names are let through by name: Cilium reads the answers that a pod gets to its look-ups, which therefore go by its DNS proxy.';
  return 'A NetworkPolicy knows no DNS names. Where the spec knows the addresses behind a name (`outside.*.addresses`), policies name those; else they let through everyone beyond the cluster at that port, which leaves out pods, Services, nodes and link-local addresses.';
}

function refused(mode: PoliciesMode, spec: Cluster): string {
  const watch =
    policyDialect(spec) === 'cilium'
      ? `\`hubble observe --verdict ${mode === 'audit' ? 'AUDIT' : 'DROPPED'}\` names both ends and the port, and \`cilium-dbg policy get\` in the agent’s pod what it enforces.`
      : spec.cni.kind === 'calico'
        ? '`iptables-save -c | grep cali-` on the pod’s node counts what each of its rules has let in or dropped.'
        : '`iptables-save -c | grep KUBE-POD-FW` on the pod’s node shows its chain, whose last rules count what was rejected; those packets also go to NFLOG group 100, which `tcpdump -ni nflog:100` prints.';
  return [
    watch,
    'If the call is meant, it is a flow that nobody declared: `apps.*.needs` of the spec is the place, and the next synth writes both sides.',
    `To open one namespace at once, ${unwatched(spec)}delete its \`default-deny\` and the policies beside it; \`policies: audit\` or \`off\` is the lasting way.`,
  ].join(' ');
}

/** Argo CD puts back what it heals; and the Application that holds the others puts back what they are told. */
function unwatched({ gitops }: Cluster): string {
  if (gitops === undefined || !gitops.automated) return '';
  const stop = [PROJECT, 'policies'].map(
    (name) => `\`kubectl -n ${gitops.namespace} patch application ${name} ${STOP}\``,
  );
  return `keep Argo CD from putting them back, by the Application that holds all others first (${stop.join(', then ')}; \`{"prune":true,"selfHeal":true}\` for \`null\` at \`${PROJECT}\` brings everything back), and `;
}

const STOP = `--type merge -p '{"spec":{"syncPolicy":{"automated":null}}}'`;
