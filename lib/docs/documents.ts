import { REGISTRY } from '../components/registry';
import { specSchemaText } from '../spec/json-schema';
import { sortedBy } from '../text/compare';
import { checksPage } from './checks-page';
import { componentIndex } from './component-index';
import { optionsOf } from './component-options';
import { componentPage, type PageOf } from './component-page';
import { readOptions } from './options';
import { readPurposes } from './purposes';
import { referencePage } from './reference-page';
import { readSamples } from './samples';
import { seedsPage } from './seeds-page';
import type { Tools } from './tools';

/** The folder in which every Markdown file follows from the code. */
export const COMPONENTS = 'docs/components';

/**
 * Every document that the code can generate, by its path from Wayleave's own folder.
 * @param root Wayleave's own folder
 * @throws Error for a component without a docstring or without a sample that uses it
 */
export function documents(root: string, tools: Tools): Map<string, string> {
  const all = readOptions(root);
  const purposes = readPurposes(root);
  const samples = readSamples(root, REGISTRY);
  const names = sortedBy(REGISTRY, ({ name }) => name).map(({ name }) => name);
  const pages = names.map((name): PageOf => {
    const purpose = purposes.get(name);
    if (purpose === undefined) throw new Error(`component ${name} has no docstring at its register`);
    return { name, purpose, options: optionsOf(name, all, names) };
  });
  const pageOf = new Map(pages.flatMap(({ name, options }) => options.map((option) => [option, name] as const)));
  return new Map([
    ['docs/checks.md', checksPage(tools)],
    [`${COMPONENTS}/README.md`, componentIndex(pages)],
    ...pages.map((one): [string, string] => [`${COMPONENTS}/${one.name}.md`, componentPage(one, samples)]),
    ['docs/guide/reference.md', referencePage(all, (option) => pageOf.get(option))],
    ['docs/seeds.md', seedsPage(root)],
    ['docs/spec.schema.json', specSchemaText(root)],
  ]);
}
