import { CATALOGUE } from '../checks/catalogue/catalogue';
import { SAMPLE } from '../checks/catalogue/sample';
import { FINDING_CODES, type FindingCode } from '../spec/finding';
import { anchor, blocks, bullets, fenced, heading, text } from '../text/markdown';
import { printExample } from './example';
import { gist, neverAccepted, shown, threadUrl } from './explain';
import { GENERATED_NOTE } from './note';
import { prose } from './prose';
import type { Tools } from './tools';

/** docs/checks.md: every code with an example that was run when the page was written. */
export function checksPage(tools: Tools): string {
  return `${blocks([
    heading(1, 'What is refused, and why'),
    GENERATED_NOTE,
    'Wayleave finds these faults before it writes anything. With an **error** nothing is written and the exit code is 1; a **warning** is only reported. `wayleave explain CODE` prints a part of this page in a terminal.',
    'Every error of every cluster is printed in one run, with the place in the spec, both owners where two collide, and the value that would be right where one can be reckoned. A finding that is known and meant can be [accepted](guide/checks.md#accept-what-is-meant) at one place, with a reason, unless its entry says otherwise. [Check](guide/checks.md) shows how to find them all in a terminal and in CI.',
    bullets(FINDING_CODES.map((code) => `[${code}](${anchor(code)}): ${prose(gist(code))}`)),
    heading(2, 'The sample'),
    'Most examples are a part of a spec that is laid over this one, in which nothing is wrong. Its addresses are those that RFC 5737 keeps for documents.',
    fenced('yaml', SAMPLE.trimEnd().split('\n')),
    ...FINDING_CODES.map((code) => entry(code, tools)),
  ])}\n`;
}

function entry(code: FindingCode, tools: Tools): string {
  const { meaning, example, fix, seen } = CATALOGUE[code];
  return blocks([
    heading(2, code),
    meaning,
    `Example, ${shown(example)}:`,
    fenced('yaml', example.text.trimEnd().split('\n')),
    'It prints:',
    fenced('text', printExample(example, tools).split('\n')),
    `Fix: ${fix}`,
    neverAccepted(code),
    seen === undefined ? '' : `Met in: ${seen.map((thread) => `[${text(thread)}](${threadUrl(thread)})`).join(', ')}`,
  ]);
}
