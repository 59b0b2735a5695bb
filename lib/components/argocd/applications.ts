import type { Chart } from 'cdk8s';
import {
  Application,
  AppProject,
  type ApplicationSpec,
  type ApplicationSpecSource,
} from '../../../imports/argoproj.io';
import type { CapabilityName } from '../../plan/capability';
import type { HelmRelease } from '../../plan/helm-release';
import type { Plan } from '../../plan/plan';
import { yaml } from '../../text/yaml';
import { PROJECT } from '../gitops-project';
import { addObject } from '../plain-object';
import { RELEASE } from './names';
import type { ArgocdOptions } from './options';

/** The cluster that Argo CD itself runs in. Source: argo-cd docs, declarative setup. */
const THIS_CLUSTER = 'https://kubernetes.default.svc';
/** With it, deleting an Application deletes its objects. Source: argo-cd docs/user-guide/app_deletion.md. */
const DELETE_OBJECTS = 'resources-finalizer.argocd.argoproj.io';
/** Whoever provides one of these carries the packets by which Argo CD would put it back, or everyone's requests. */
const NETWORK: readonly CapabilityName[] = ['api-address', 'ingress-port', 'overlay', 'pod-network', 'service-routing'];

/** Neither removed with what holds it, nor when git no longer has it. */
const KEEP = 'Prune=false,Delete=false';

/** How much Argo CD may take away. */
interface Guard {
  readonly name: string;
  /** Where its chart is installed; objects from git name their own. */
  readonly namespace: string;
  readonly wave?: number;
  /** Whether it may delete what is no longer in git, and everything with the Application. */
  readonly mayDelete: boolean;
}

/** What the Applications may read and write. It comes before all of them. */
export function addProject(chart: Chart, options: ArgocdOptions, plan: Plan): void {
  addObject(AppProject, chart, 'project', {
    metadata: {
      name: PROJECT,
      namespace: options.namespace,
      // Without it no Application may read or write anything.
      annotations: { 'argocd.argoproj.io/sync-options': KEEP, 'argocd.argoproj.io/sync-wave': '-1' },
    },
    spec: {
      description: `The network of ${plan.spec.name}, as Wayleave writes it`,
      sourceRepos: [...new Set([options.repository, ...plan.releases.map(({ repository }) => repository)])],
      destinations: [{ server: THIS_CLUSTER, namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  });
}

/**
 * The Application that holds the others. It is in `bootstrap/` alone: in its own tree its health would wait for its own
 * sync, and the sync for its health.
 */
export function addRoot(chart: Chart, options: ArgocdOptions, plan: Plan): void {
  const source = { ...folder(options, plan, 'argocd'), directory: { include: '*.k8s.yaml', recurse: true } };
  addApplication(chart, options, { name: PROJECT, namespace: options.namespace, mayDelete: true }, [source], {
    finalizer: false,
  });
}

/** One Application for each component that has objects or a chart. */
export function addApplications(chart: Chart, options: ArgocdOptions, plan: Plan): void {
  for (const component of plan.components) {
    const sources = sourcesOf(component, options, plan);
    const guard = {
      name: component,
      namespace: releaseOf(plan, component)?.namespace ?? options.namespace,
      wave: plan.waves.get(component) ?? 0,
      mayDelete: !ownsNetwork(plan, component) && component !== RELEASE,
    };
    if (sources.length > 0) addApplication(chart, options, guard, sources);
  }
}

/** A component's chart, and the objects beside it. Argo CD's own objects are the root Application's. */
function sourcesOf(component: string, options: ArgocdOptions, plan: Plan): ApplicationSpecSource[] {
  const release = releaseOf(plan, component);
  return [
    ...(release === undefined ? [] : [chartSource(release)]),
    ...(plan.delivered.includes(component) && component !== RELEASE ? [folder(options, plan, component)] : []),
  ];
}

function releaseOf(plan: Plan, component: string): HelmRelease | undefined {
  return plan.releases.find(({ owner }) => owner === component);
}

function ownsNetwork(plan: Plan, component: string): boolean {
  return plan.provided.some(({ name, owner }) => owner === component && NETWORK.includes(name));
}

function folder(options: ArgocdOptions, plan: Plan, component: string): ApplicationSpecSource {
  return {
    repoUrl: options.repository,
    targetRevision: options.revision,
    path: `${options.path}/${plan.spec.name}/${component}`,
    directory: { include: '*.k8s.yaml' },
  };
}

function chartSource({ repository, chart, version, name, values }: HelmRelease): ApplicationSpecSource {
  return { repoUrl: repository, chart, targetRevision: version, helm: { releaseName: name, values: yaml(values) } };
}

function addApplication(
  chart: Chart,
  options: ArgocdOptions,
  { name, namespace, wave, mayDelete }: Guard,
  sources: readonly ApplicationSpecSource[],
  { finalizer } = { finalizer: mayDelete },
): void {
  const [only, ...others] = sources;
  const annotations = {
    ...(mayDelete ? {} : { 'argocd.argoproj.io/sync-options': KEEP }),
    ...(wave === undefined ? {} : { 'argocd.argoproj.io/sync-wave': String(wave) }),
  };
  addObject(Application, chart, `application-${name}`, {
    metadata: {
      name,
      namespace: options.namespace,
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ...(finalizer ? { finalizers: [DELETE_OBJECTS] } : {}),
    },
    spec: {
      project: PROJECT,
      ...(only === undefined || others.length > 0 ? { sources: [...sources] } : { source: only }),
      destination: { server: THIS_CLUSTER, namespace },
      syncPolicy: policy(options, mayDelete),
    },
  });
}

function policy(options: ArgocdOptions, mayDelete: boolean): NonNullable<ApplicationSpec['syncPolicy']> {
  return {
    ...(options.automated ? { automated: { prune: mayDelete, selfHeal: true } } : {}),
    // Some definitions are larger than the annotation in which a client-side apply keeps its copy.
    syncOptions: ['ServerSideApply=true', ...(mayDelete ? [] : ['Prune=false'])],
  };
}
