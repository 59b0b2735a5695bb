import { printEndpoint } from '../../plan/endpoint';
import type { Flow } from '../../plan/flow';
import type { PodRule, PodRules } from '../../plan/pod-rules';

/** Why a policy lets through what it does: one line a flow, by direction. */
export function reasons({ ingress, egress }: PodRules): Readonly<Record<string, string>> {
  return {
    ...lines(
      'wayleave/ingress',
      ingress,
      ({ from, sameNode }) => `from ${sameNode === true ? 'its own node' : printEndpoint(from)}`,
    ),
    ...lines('wayleave/egress', egress, ({ to }) => `to ${printEndpoint(to)}`),
  };
}

function lines(key: string, rules: readonly PodRule[], other: (flow: Flow) => string): Record<string, string> {
  const all = rules.map(
    ({ flow, protocol, port }) => `${port === undefined ? '' : `${port}/`}${protocol} ${other(flow)}: ${flow.reason}`,
  );
  return all.length === 0 ? {} : { [key]: `${[...new Set(all)].sort().join('\n')}\n` };
}
