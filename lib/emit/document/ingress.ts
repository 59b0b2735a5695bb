import { entrances, type Entrance } from '../../plan/entrance';
import { printPort } from '../../plan/flow';
import type { Plan } from '../../plan/plan';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';

import { trace } from './trace';
import { product } from './words';

export function ingress(plan: Plan): Chapter {
  const all = entrances(plan);
  const hosts =
    all.length === 0
      ? []
      : [
          heading(3, 'Hosts'),
          table(
            ['Host', 'Path', 'By', 'Namespace and app', 'Service port', 'Container port', 'What it is'],
            all.map(row),
          ),
        ];
  return { title: 'Ingress', blocks: [...hosts, ...notesOf(plan, 'ingress'), ...trace(plan)] };
}

function row({ host, path, pathType, purpose, workload, port, front, inner }: Entrance): string[] {
  const dialled = inner === undefined ? String(port.container) : printPort(inner).replace(/\/.*/, '');
  return [
    code(host),
    `${code(path)} (${pathType})`,
    front === undefined ? '–' : product(front.owner),
    code(workload),
    String(port.service),
    dialled,
    text(purpose ?? ''),
  ];
}
