import { blocks, bullets, code, heading, table } from '../text/markdown';
import { GENERATED_NOTE } from './note';
import { prose } from './prose';
import { placesOf, readSeeds, type Place, type Seed, type Statement } from './seeds';

/** docs/seeds.md: what each text states, and the line where it is found in `dist/`, or why it is not. */
export function seedsPage(root: string): string {
  return `${blocks([
    heading(1, 'What became of each text'),
    GENERATED_NOTE,
    'The clusters of `clusters/` were described by their operators, each in a text of their own. Here is every statement of those texts that names an address, a port, a flag, a rule or a record, with the line where it is found again among the files that Wayleave writes, or the reason why it is not. A test follows every place. The readings lie in `docs/seeds/`, the networks as the texts have them, faults included, in `test/seeds/`.',
    ...readSeeds(root).map((seed) => chapter(root, seed)),
  ])}\n`;
}

function chapter(root: string, seed: Seed): string {
  const { cluster, text: name, changed, assumed, findings, statements } = seed;
  return blocks([
    heading(2, cluster),
    `Text: ${code(name)}. Spec: [${code(`clusters/${cluster}.ts`)}](../clusters/${cluster}.ts). Document: [NETWORK.md](../dist/${cluster}/NETWORK.md).`,
    heading(3, `What ${cluster} says otherwise`),
    table(
      ['The text', 'Now', 'Why'],
      changed.map(({ from, to, why }) => [prose(from), prose(to), prose(why)]),
    ),
    heading(3, `What was assumed for ${cluster}`),
    bullets(assumed.map(prose)),
    ...(findings.length === 0 ? [] : [heading(3, `What the checks find in ${cluster} as documented`), ...found(seed)]),
    heading(3, `Statements on ${cluster}`),
    table(
      ['Lines', 'The text says', 'Found at', 'Remark'],
      statements.map((one) => [
        one.lines,
        prose(one.says),
        placesOf(root, seed, one).map(link).join('<br>'),
        remark(one),
      ]),
    ),
  ]);
}

/** What is printed when the network is written as the text has it; a test compares the list with what is found. */
function found({ cluster, findings }: Seed): string[] {
  return [
    `[\`test/seeds/${cluster}-as-documented.ts\`](../test/seeds/${cluster}-as-documented.ts) gives exactly these:`,
    table(
      ['Code', 'At', 'The fault'],
      findings.map(({ code: of, at, fault }) => [
        `[${code(of)}](checks.md#${of.toLowerCase()})`,
        code(at),
        prose(fault),
      ]),
    ),
  ];
}

function link({ path, words, line }: Place): string {
  const short = path.split('/').slice(2).join('/');
  // A line of Markdown has no place once it is rendered: GitHub and GitLab show its source when they are asked.
  const view = path.endsWith('.md') ? '?plain=1' : '';
  const where =
    line === undefined ? `${code(short)}, **not found**` : `[${code(`${short}:${line}`)}](../${path}${view}#L${line})`;
  return `${where} ${code(words)}`;
}

function remark({ wrong, why }: Statement): string {
  return [wrong === undefined ? '' : `**Wrong.** ${prose(wrong)}`, why === undefined ? '' : prose(why)]
    .filter((part) => part !== '')
    .join(' ');
}
