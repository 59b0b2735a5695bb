import { ApiObject, App, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { Bound } from '../components/component';
import type { Plan } from '../plan/plan';
import { readObject, type Applier, type Rendered } from './object';

/**
 * Builds every component's constructs in one App, a chart each, validates them once and renders them object by
 * object: `App.synth` and `Chart.toJson` would do both over again for the whole App at each chart.
 * @throws Error with all that the constructs' own validation finds
 */
export function renderObjects(plan: Plan, parts: readonly Bound[]): Rendered[] {
  // Where this is set cdk8s leaves keys of an object unsorted that is none of ours, and the environment must change nothing.
  delete process.env.CDK8S_DISABLE_SORT;
  const app = new App();
  const first = new Construct(app, 'bootstrap');
  const charts: { chart: Chart; component: string; applier: Applier }[] = [];
  for (const { name, bootstrap, manifests } of parts) {
    if (bootstrap) {
      const chart = newChart(first, name);
      bootstrap(chart, plan);
      charts.push({ chart, component: name, applier: 'bootstrap' });
    }
    if (manifests) {
      const chart = newChart(app, name);
      manifests(chart, plan);
      charts.push({ chart, component: name, applier: 'argocd' });
    }
  }

  const problems: string[] = [];
  const objects: Rendered[] = [];
  for (const { chart, component, applier } of charts) {
    for (const construct of chart.node.findAll()) {
      problems.push(...problemsOf(construct));
      if (problems.length > 0 || !ApiObject.isApiObject(construct)) continue;
      objects.push(readObject(component, applier, construct.toJson()));
    }
  }
  if (problems.length > 0) throw new Error(`constructs are not valid:\n  ${problems.join('\n  ')}`);
  return objects;
}

function newChart(scope: Construct, name: string): Chart {
  return new Chart(scope, name, { disableResourceNameHashes: true });
}

function problemsOf({ node }: IConstruct): string[] {
  const problems = node.validate().map((problem) => `${node.path}: ${problem}`);
  // They cost exponentially, and would decide an order that the plan decides.
  if (node.dependencies.length > 0)
    problems.push(`${node.path}: depends on another construct, where sync waves should order them`);
  return problems;
}
