import type { Plan } from '../../plan/plan';
import { printPort } from '../../plan/flow';
import { code, table, text } from '../../text/markdown';
import type { Chapter } from './chapter';
import { addresses, endpoint, product } from './words';

const BALANCING: readonly string[] = ['load-balancer-addresses', 'load-balancer-announcement', 'api-address'];

/** Addresses that belong to no machine, who hands them out and announces them, and who is called by them. */
export function virtualAddresses(plan: Plan): Chapter {
  const owners = plan.provided.filter(({ name }) => BALANCING.includes(name));
  const flows = plan.flows.filter(({ address }) => address === 'vip');
  return {
    title: 'Virtual addresses and load balancers',
    blocks: [
      ...(owners.length > 0
        ? [
            table(
              ['Function', 'For', 'Owner', 'If it fails'],
              owners.map(({ name, scope, owner, failure }) => [
                name,
                text(scope ?? 'the cluster'),
                product(owner),
                text(failure),
              ]),
            ),
          ]
        : []),
      ...(flows.length > 0
        ? [
            table(
              ['Address', 'Port', 'Answered by', 'Callers', 'Why'],
              flows.map((flow) => [
                flow.dialled === undefined ? 'assigned at run time' : addresses(flow.dialled),
                code(printPort(flow)),
                endpoint(flow.to),
                endpoint(flow.from),
                text(flow.reason),
              ]),
            ),
          ]
        : []),
    ],
  };
}
