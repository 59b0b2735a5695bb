import type { Plan } from '../plan/plan';
import { printPath, type Finding } from '../spec/finding';
import { addressOutsideNetwork } from './address-outside-network';
import { addressOverlap } from './address-overlap';
import { addressUnusable } from './address-unusable';
import { announcedElsewhere } from './announced-elsewhere';
import { capabilityOwners } from './capability-owners';
import { entrypointTwice } from './entrypoint-twice';
import { mtuTooSmall } from './mtu-too-small';
import { notAnnounced } from './not-announced';
import { portTwice } from './port-twice';
import { serviceReserved } from './service-reserved';

/** One rule: from a plan to what is wrong with it. Pure. */
export type Check = (plan: Plan) => readonly Finding[];

const CHECKS: readonly Check[] = [
  addressOutsideNetwork,
  addressOverlap,
  addressUnusable,
  announcedElsewhere,
  capabilityOwners,
  entrypointTwice,
  mtuTooSmall,
  notAnnounced,
  portTwice,
  serviceReserved,
];

/** Everything the checks find in a plan, but for what its spec accepts with a reason. */
export function check(plan: Plan): Finding[] {
  return withoutAccepted(
    plan,
    CHECKS.flatMap((rule) => rule(plan)),
  );
}

/** Takes out what `accept` names; an entry that names nothing any more is itself a finding. */
function withoutAccepted(plan: Plan, findings: readonly Finding[]): Finding[] {
  const matches = (finding: Finding, entry: { code: string; at: string }) =>
    finding.code === entry.code && finding.at.some((path) => printPath(path) === entry.at);
  const left = findings.filter((finding) => !plan.spec.accept.some((entry) => matches(finding, entry)));
  const unused = plan.spec.accept.flatMap((entry, i): Finding[] =>
    findings.some((finding) => matches(finding, entry))
      ? []
      : [
          {
            code: 'ACCEPT_UNUSED',
            severity: 'warning',
            at: [['accept', i]],
            message: `nothing at ${entry.at} gives ${entry.code} any more`,
            fix: 'take this entry out',
          },
        ],
  );
  return [...left, ...unused];
}
