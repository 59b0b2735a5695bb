import type { SpecPath } from '../spec/finding';
import type { Plan } from './plan';

/** Where in the spec a component's options stand, as far as what it declares says so: the place highest up. */
export function componentSource(plan: Plan, component: string): SpecPath | undefined {
  const declared = [...plan.provided, ...plan.workloads.values(), ...plan.listeners, ...plan.required];
  const places = [
    ...declared.filter(({ owner }) => owner === component),
    ...plan.flows.filter(({ declaredBy }) => declaredBy === component),
  ]
    .map(({ source }) => source)
    .filter((source) => source.length > 0);
  return places.sort((a, b) => a.length - b.length)[0];
}

/** The same of several components, each place once. */
export function componentSources(plan: Plan, components: readonly string[]): SpecPath[] {
  const places = components.flatMap((one) => {
    const place = componentSource(plan, one);
    return place === undefined ? [] : [place];
  });
  return [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
}
