import type { Plan } from '../../plan/plan';
import type { SecretNeed } from '../../plan/workload';
import { sortedEntries } from '../../text/compare';
import { list } from '../../text/list';
import { code, fenced, heading } from '../../text/markdown';
import { product } from './words';

/** Secrets to be made by hand before what needs them can start: namespaces first, since nothing has made any yet. */
export function firstSecrets(plan: Plan): string[] {
  if (plan.secrets.length === 0) return [];
  const own = new Set(plan.namespaces.map(({ name }) => name));
  const namespaces = [...new Set(plan.secrets.map(({ namespace }) => namespace))].filter((name) => own.has(name));
  const wave = (owner: string) => (plan.spec.gitops === undefined ? '' : ` (wave ${plan.waves.get(owner) ?? 0})`);
  const owners = list([...new Set(plan.secrets.map(({ owner }) => `${product(owner)}${wave(owner)}`))].sort());
  const later =
    plan.spec.gitops === undefined
      ? ''
      : ', and Argo CD, which goes on only once a wave is healthy, stands at that wave';
  return [
    heading(4, 'Secrets, before anything that needs them'),
    `On that server, before the other nodes join and as soon as ${code('kubectl get nodes')} shows it, Ready or not: each ${code('FILE')} holds the value of its key without a line end behind it, and no value goes onto a command line. Until they exist the pods of ${owners} that read them do not start${later}: that is the stall to look for.`,
    fenced('sh', [
      ...namespaces.map((name) => `sudo k3s kubectl create namespace ${name}`),
      ...plan.secrets.flatMap(commands),
    ]),
  ];
}

function commands({ namespace, name, keys, purpose, labels = {} }: SecretNeed): string[] {
  const kubectl = `sudo k3s kubectl -n ${namespace}`;
  const files = keys.map((key) => `--from-file=${key}=FILE`).join(' ');
  const pairs = sortedEntries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    `# ${purpose}`,
    `${kubectl} create secret generic ${name} ${files}`,
    ...(pairs.length === 0 ? [] : [`${kubectl} label secret ${name} ${pairs.join(' ')}`]),
  ];
}
