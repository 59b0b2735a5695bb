import { k3sVersionOf } from '../components/k3s/version';
import { componentSource } from '../plan/component-source';
import type { Plan } from '../plan/plan';
import type { Finding, SpecPath } from '../spec/finding';
import type { FormerPlan } from './former-plan';

/** Which release a cluster runs of something that is upgraded one minor release after another. */
interface Stepwise {
  readonly what: string;
  readonly was: string;
  readonly is: string;
  readonly at: SpecPath;
}

/**
 * A release that is jumped over, or a step back.
 * Source: Kubernetes version skew policy; Cilium upgrade guide, which tests upgrades between consecutive minors alone.
 */
export function stepwise(former: FormerPlan, plan: Plan): Finding[] {
  const k3sVersion = k3sVersionOf(plan.spec);
  const [k3s] = former.texts('k3sVersion');
  const cilium = former.releases.get('cilium');
  const now = plan.releases.find(({ owner }) => owner === 'cilium')?.version;
  const all: Stepwise[] = [];
  if (k3s !== undefined && k3sVersion !== undefined)
    all.push({ what: 'K3s', was: k3s, is: k3sVersion, at: ['k3s', 'version'] });
  if (cilium !== undefined && now !== undefined)
    all.push({
      what: 'Cilium',
      was: cilium,
      is: now,
      at: [...(componentSource(plan, 'cilium') ?? ['cni']), 'version'],
    });
  return all.flatMap((one) => step(one));
}

function step({ what, was, is, at }: Stepwise): Finding[] {
  const [from, to] = [minorOf(was), minorOf(is)];
  if (from === undefined || to === undefined) return [];
  const [major, minor] = from;
  const jump = (to[0] - major) * 1000 + (to[1] - minor);
  if (jump === 0 || jump === 1) return [];
  const problem =
    jump > 0
      ? `goes from ${was} to ${is} past ${between(major, minor, to[1])}: each minor release is upgraded to from the one before it alone`
      : `goes back from ${was} to ${is}: what the newer release has stored the older one may not read`;
  return [
    {
      code: 'UPGRADE_STEP',
      severity: 'error',
      at: [at],
      message: `${what} ${problem}`,
      fix: jump > 0 ? `a release of ${major}.${minor + 1} first` : `stay at ${was}`,
    },
  ];
}

function between(major: number, from: number, to: number): string {
  return Array.from({ length: Math.max(0, to - from - 1) }, (_, i) => `${major}.${from + 1 + i}`).join(', ');
}

function minorOf(version: string): readonly [number, number] | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(version) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}
