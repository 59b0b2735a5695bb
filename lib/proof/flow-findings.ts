import { printEndpoint } from '../plan/endpoint';
import { printPort } from '../plan/flow';
import type { Reach } from '../reach/reach';
import { Traffic } from '../reach/traffic';
import type { Finding, SpecPath } from '../spec/finding';
import type { Comparison } from './compare';
import { decided, type Decided } from './decided';
import { sortedBy } from '../text/compare';
import { groupedBy } from '../text/group';
import type { Difference } from './difference';

/** What is wrong with the rendered policies, each with the rules that make it so. */
export function flowFindings(reach: Reach, { blocked, undeclared }: Comparison): Finding[] {
  return [...blockedFindings(reach, blocked), ...undeclaredFindings(reach, undeclared)];
}

/** One finding a flow, with the first pair of ends that cannot meet. */
function blockedFindings(reach: Reach, blocked: readonly Difference[]): Finding[] {
  return [...groupedBy(blocked, ({ flow }) => flow)].flatMap(([flow, [first, ...others]]): Finding[] => {
    if (first === undefined) return [];
    const sides = sidesOf(reach, first, 'denied');
    return [
      {
        code: 'FLOW_BLOCKED',
        severity: 'error',
        at: [flow.source],
        ...placeOf(sides),
        message: [
          `${flow.declaredBy} declares ${printEndpoint(flow.from)} → ${printEndpoint(flow.to)}, ${printPort(flow)}: ${flow.reason}`,
          `${pairText(first)} does not pass${others.length === 0 ? '' : `, nor ${others.length === 1 ? 'does' : 'do'} ${count(others.length, 'other pair')}`}: ${sideTexts(sides)}`,
        ].join('\n'),
        fix: 'let that rule allow it, or take the flow out',
      },
    ];
  });
}

/** One finding for all pairs that the same rules let through. */
function undeclaredFindings(reach: Reach, undeclared: readonly Difference[]): Finding[] {
  const byRules = groupedBy(undeclared, (one) => {
    const sides = sidesOf(reach, one, 'allowed');
    return `${one.traffic.key} ${sides.map(({ direction, text }) => `${direction} ${text}`).join()}`;
  });
  return [...byRules.values()].flatMap((differences): Finding[] => {
    const [first, ...others] = sortedBy(differences, isAboutUnnamed);
    if (first === undefined) return [];
    const sides = sidesOf(reach, first, 'allowed');
    return [
      {
        code: 'FLOW_UNDECLARED',
        severity: 'error',
        at: sourcesOf(first),
        ...placeOf(sides),
        message: [
          `${pairText(first)} passes${others.length === 0 ? '' : `, and so ${others.length === 1 ? 'does' : 'do'} ${count(others.length, 'other pair')},`} and no flow declares it`,
          `let through by ${sideTexts(sides)}`,
        ].join('\n'),
        fix: 'declare the flow, or narrow that rule',
      },
    ];
  });
}

/** Pods that nobody speaks of are named only where nobody else can be. */
function isAboutUnnamed({ from, to }: Difference): string {
  return String([from, to].filter(({ pods }) => pods?.unnamed === true).length);
}

function sidesOf(reach: Reach, { from, to, traffic }: Difference, verdict: 'allowed' | 'denied'): Decided[] {
  return [
    decided(reach, 'ingress', to, from, traffic, verdict) ?? [],
    decided(reach, 'egress', from, to, traffic, verdict) ?? [],
  ].flat();
}

function placeOf(sides: readonly Decided[]): Pick<Finding, 'where'> {
  const place = sides.find((side) => side.place !== undefined)?.place;
  return place === undefined ? {} : { where: place };
}

function sourcesOf({ from, to }: Difference): SpecPath[] {
  return [to, from].flatMap(({ pods }) => (pods?.workload === undefined ? [] : [pods.workload.source]));
}

function pairText({ from, to, traffic, requests }: Difference): string {
  const what = requests === undefined ? trafficText(traffic) : `${traffic} (${requests.join(', ')})`;
  return `${shortened(from.name)} → ${shortened(to.name)}, ${what}`;
}

function trafficText(traffic: Traffic): string {
  return traffic.isAll ? 'all traffic' : traffic.toString();
}

/** A set of addresses with many holes says no more in full than by its beginning. */
function shortened(name: string): string {
  const parts = name.split(', ');
  return parts.length <= MOST ? name : `${parts.slice(0, MOST).join(', ')} and ${parts.length - MOST} more ranges`;
}

const MOST = 4;

function sideTexts(sides: readonly Decided[]): string {
  return sides.map(({ direction, of, text }) => `${direction} of ${shortened(of)}: ${text}`).join('; ');
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
