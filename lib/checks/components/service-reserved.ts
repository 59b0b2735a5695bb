import { ownName } from '../../plan/namespaced';
import type { Plan } from '../../plan/plan';
import type { ReservedService } from '../../plan/reserved-service';
import { APPS } from '../../plan/workload';
import { workloadName } from '../../plan/workload-name';
import type { Finding, SpecPath } from '../../spec/finding';

/** A Service that is to be written, and whose it is. */
interface Written {
  readonly name: string;
  readonly owner: string;
  /** The component that renders it. */
  readonly component: string;
  readonly source: SpecPath;
}

/** A Service that would take the place of one that K3s or a component's chart makes. */
export function serviceReserved(plan: Plan): Finding[] {
  const reserved = new Map(plan.reservedServices.map((one) => [one.name, one]));
  return written(plan).flatMap((service): Finding[] => {
    const known = reserved.get(service.name);
    return known === undefined || known.owner === service.component ? [] : [taken(service, known)];
  });
}

function written({ spec, loadBalancers }: Plan): Written[] {
  const ofApps = Object.entries(spec.apps)
    .filter(([, { ports }]) => Object.keys(ports).length > 0)
    .map(([name]) => ({
      name: workloadName(spec, name),
      owner: `app ${name}`,
      component: APPS,
      source: ['apps', name],
    }));
  const others = loadBalancers
    .filter(({ owner }) => owner !== APPS)
    .map(({ name, owner, source }) => ({ name, owner, component: owner, source }));
  return [...ofApps, ...others];
}

function taken({ name, owner, source }: Written, known: ReservedService): Finding {
  return {
    code: 'SERVICE_RESERVED',
    severity: 'error',
    at: [source, known.source],
    message: `the Service ${name} of ${owner} would replace that of ${known.owner} (${known.purpose})`,
    fix: `another name, such as ${ownName(name)}-own, or another namespace`,
  };
}
