import type { Bound } from '../../components/component';
import type { Plan } from '../../plan/plan';
import type { Proof } from '../../proof/prove';
import { anchor, blocks, bullets, heading, table, code, text } from '../../text/markdown';
import { addresses } from './addresses';
import { apps, besides } from './apps';
import { notesOf, type Chapter } from './chapter';
import { dns } from './dns';
import { encryption } from './encryption';
import { failures } from './failures';
import { firewall } from './firewall';
import { ingress } from './ingress';
import { interactions } from './interactions';
import { mtu } from './mtu';
import { nodes } from './nodes';
import { operations } from './operations';
import { picture } from './picture';
import { podNetwork } from './pod-network';
import { policies } from './policies';
import { ports } from './ports';
import { router } from './router';
import { secrets } from './secrets';
import { services } from './services';
import { startUp } from './start-up';
import { summary } from './summary';
import { virtualAddresses } from './virtual-addresses';
import { whoReachesWhom } from './who-reaches-whom';

/** NETWORK.md: all that a cluster's operator has to know of its network, from the plan alone. */
export function document(plan: Plan, components: readonly Bound[], proof?: Proof): string {
  const chapters = chaptersOf(plan, components, proof).filter((chapter) => chapter.blocks.length > 0);
  const contents = bullets(chapters.map(({ title }) => `[${title}](${anchor(title)})`));
  const parts = chapters.flatMap((chapter) => [heading(2, chapter.title), ...chapter.blocks]);
  return `${blocks([...summary(plan), contents, ...parts])}\n`;
}

function chaptersOf(plan: Plan, components: readonly Bound[], proof: Proof | undefined): Chapter[] {
  return [
    picture(plan),
    nodes(plan, components),
    addresses(plan),
    ports(plan),
    interactions(plan),
    podNetwork(plan),
    services(plan),
    apps(plan),
    mtu(plan),
    encryption(plan),
    firewall(plan),
    policies(plan),
    whoReachesWhom(plan, proof),
    virtualAddresses(plan),
    dns(plan),
    router(plan),
    ingress(plan),
    secrets(plan),
    startUp(plan, components),
    failures(plan),
    { title: 'Delivery', blocks: notesOf(plan, 'delivery') },
    besides(plan),
    operations(plan, components),
    accepted(plan),
  ];
}

function accepted({ spec }: Plan): Chapter {
  const rows = spec.accept.map(({ code: finding, at, reason }) => [code(finding), code(at), text(reason)]);
  return {
    title: 'Accepted findings',
    blocks:
      rows.length === 0
        ? []
        : ['Checks said these, and the operator means them:', table(['Finding', 'At', 'Reason'], rows)],
  };
}
