import type { Tools } from '../docs/tools';
import type { SpecSource } from '../spec/source';
import { Survey, type Beside } from './survey';
import type { Walk } from './walk';

/** The program, as the examples of documents run it. */
export function toolsOf(walk: Walk): Tools {
  const survey = (sources: readonly SpecSource[], beside: Partial<Beside> = {}) => {
    const one = new Survey(walk, { ...beside, reread: (file) => sources.find((source) => source.file === file) });
    const found = sources.map((source) => ({ source, findings: one.add(source).findings }));
    return [...found, ...one.finish(true)].filter(({ findings }) => findings.length > 0);
  };
  return {
    walk,
    survey: (sources) => survey(sources),
    upgrade(before, after, changed = {}) {
      const { tree, findings } = walk(before, 'tree');
      if (tree === undefined) throw new Error(findings.map(({ message }) => message).join('; '));
      const read = (path: string) => changed[path] ?? tree.get(path);
      const former = (cluster: string) => ({
        has: (path: string) => read(path) !== undefined,
        read,
        place: (path: string) => `dist/${cluster}/${path}`,
      });
      return survey([after], { former, judgesUpgrades: true });
    },
  };
}
