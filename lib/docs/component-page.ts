import { product } from '../emit/document/words';
import { blocks, code, heading, text } from '../text/markdown';
import { declarations } from './declarations';
import { GENERATED_NOTE } from './note';
import { optionTable } from './option-table';
import type { Option } from './options';
import { prose } from './prose';
import { onSample, type Sample } from './samples';
import { written } from './written';

export interface PageOf {
  readonly name: string;
  readonly purpose: string;
  readonly options: readonly Option[];
}

/** docs/components/<name>.md. */
export function componentPage({ name, purpose, options }: PageOf, samples: readonly Sample[]): string {
  const { sample, part } = onSample(name, samples);
  return `${blocks([
    heading(1, text(product(name))),
    prose(purpose),
    GENERATED_NOTE,
    heading(2, 'Options'),
    options.length === 0
      ? 'None of its own: what it does follows from the rest of the spec.'
      : 'What the words under “Takes” mean stands in the [index](README.md#words).',
    options.length === 0 ? '' : optionTable(options),
    heading(2, 'What it declares'),
    `On the sample [${code(sample.file)}](samples/${sample.file}). Firewall rules, policies, sync waves and the network's document are read from these tables' entries and from nothing else.`,
    declarations(part, sample.spec),
    written(part, sample),
  ])}\n`;
}
