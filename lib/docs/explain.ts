import { CATALOGUE } from '../checks/catalogue/catalogue';
import type { Example } from '../checks/catalogue/entry';
import { whyNever } from '../spec/accept';
import type { FindingCode } from '../spec/finding';
import { printExample } from './example';
import type { Tools } from './tools';

/** What the text of each kind of example is. */
const SHOWN: Readonly<Record<Example['of'], string>> = {
  spec: 'a part of a spec, laid over the sample',
  file: 'the whole of clusters/home.yaml',
  clusters: 'specs by file, each laid over the sample',
  upgrade: 'a change of a cluster that runs: before, laid over the sample, and after, laid over that',
  components: 'made-up components beside those of the sample; no spec can have this fault, a new component can',
  output: 'what lies in dist/home/ before the sample is written',
  manifests: 'policies/web.yaml, a manifest',
  policies: 'policies/web.yaml, beside the sample’s own policies or instead of one of the same name',
};

/** What an example is, with what it presumes. */
export function shown({ of, text, without }: Example): string {
  if (/^changed:/m.test(text)) return `${SHOWN[of]}; changed is what has become of the files that were written before`;
  return without === undefined ? SHOWN[of] : `${SHOWN[of]}, in a Wayleave without ${without}`;
}

/** The first sentence of what a code means. */
export function gist(code: FindingCode): string {
  const { meaning } = CATALOGUE[code];
  // A colon or a full stop between backticks ends nothing.
  return /^(?:`[^`]*`|[^`])*?[.:](?= |$)/.exec(meaning)?.[0].replace(/:$/, '.') ?? meaning;
}

/** That no entry of `accept` silences it, and why; empty where one can. */
export function neverAccepted(code: FindingCode): string {
  const why = whyNever(code);
  return why === undefined ? '' : `Cannot be accepted: ${why}.`;
}

/** Where a thread stands: `k3s-io/k3s#588`. */
export function threadUrl(thread: string): string {
  return `https://github.com/${thread.replace('#', '/issues/')}`;
}

/** Everything there is to say about a code, for a terminal. */
export function explain(code: FindingCode, tools: Tools): string {
  const { meaning, example, fix, seen } = CATALOGUE[code];
  const parts = [
    code,
    wrap(meaning),
    `Example, ${shown(example)}:`,
    indent(example.text.trimEnd()),
    'It prints:',
    indent(printExample(example, tools)),
    wrap(`Fix: ${fix}`),
    ...[neverAccepted(code)].filter((line) => line !== '').map(wrap),
    ...(seen === undefined ? [] : [`Met in:\n${indent(seen.map(threadUrl).join('\n'))}`]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

/** Columns of a terminal that no one has made wider. */
const COLUMNS = 80;

function wrap(text: string): string {
  let line = '';
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
