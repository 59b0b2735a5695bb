import { entrances, frontAddresses, type Entrance } from '../../plan/entrance';
import { dialledPort } from '../../plan/flow';
import { hostFirewall } from '../../plan/host-firewall';
import type { Plan } from '../../plan/plan';
import { list } from '../../text/list';
import { code, heading, table, text } from '../../text/markdown';
import { notesOf, type Chapter } from './chapter';
import { trace } from './trace';
import { each, endpoint, product } from './words';

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
  return { title: 'Ingress', blocks: [...hosts, ...notesOf(plan, 'ingress'), ...closed(plan), ...trace(plan)] };
}

function row({ host, path, pathType, purpose, workload, port, front }: Entrance): string[] {
  return [
    code(host),
    `${code(path)} (${pathType})`,
    front === undefined ? '–' : product(front.owner),
    code(workload),
    String(port.service),
    String(port.container),
    text(purpose ?? ''),
  ];
}

/** A port that is closed to most looks like one that is broken. */
function closed(plan: Plan): string[] {
  if (hostFirewall(plan) === undefined) return [];
  const fronts = new Map(entrances(plan).flatMap((one) => (one.front?.hostNetwork ? [[one.front.name, one]] : [])));
  return [...fronts.values()].flatMap((one) => {
    const address = each(frontAddresses(plan, one))[0];
    if (address === undefined || one.front === undefined || one.ways.some(({ from }) => from.kind === 'internet'))
      return [];
    const ports = one.ways.flatMap((way) => dialledPort(way) ?? []).sort((a, b) => a.compare(b));
    const who = list([...new Set(one.ways.map(({ from }) => endpoint(from)))]);
    return [
      `Only ${who} may call ${product(one.front.owner)} on ${list([...new Set(ports.map(String))])}. From anywhere else ${code(`curl http://${address}`)} gets no answer and times out, by design.`,
    ];
  });
}
