import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { reason } from '../spec/fields';
import { FINDING_CODES } from '../spec/finding';
import { sortedBy } from '../text/compare';

/** Where the readings of the texts lie, from Wayleave's own folder: one file a cluster. */
export const SEEDS = 'docs/seeds';

/** Places in files of the cluster: by path below its folder, words that stand there. */
const places = z.record(z.string(), z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]));

/** One thing that the text states. */
const statement = z
  .strictObject({
    /** Its lines in the text: `12` or `12-14`. */
    lines: z.union([z.int().transform(String), z.string().regex(/^\d+(-\d+)?(, \d+(-\d+)?)*$/)]),
    /** What it states, in short. */
    says: reason(300),
    /** Where it, or what is right in its place, stands now. */
    found: places.default({}),
    /** What is wrong with it, and what is right. */
    wrong: reason(400).optional(),
    /** Why nothing stands for it, or not all of it. */
    why: reason(400).optional(),
  })
  .refine(({ found, why }) => Object.keys(found).length > 0 || why !== undefined, 'needs a place, or a reason');

const seed = z.strictObject({
  cluster: z.string(),
  /** The text's name among the seeds. */
  text: z.string(),
  /** What the cluster says otherwise than its text, and why. */
  changed: z.array(z.strictObject({ from: reason(300), to: reason(300), why: reason(400) })),
  /** What the text leaves open, and what was put there. */
  assumed: z.array(reason(400)),
  /** What the checks find in the network as the text has it (`test/seeds/`): a code, the place to change first, the fault. */
  findings: z.array(z.strictObject({ code: z.enum(FINDING_CODES), at: z.string(), fault: reason(400) })).default([]),
  statements: z.array(statement),
});

export type Seed = z.output<typeof seed>;
export type Statement = Seed['statements'][number];

/** A place of a statement in a file as it is now. */
export interface Place {
  /** From Wayleave's own folder. */
  readonly path: string;
  readonly words: string;
  /** The first line that holds the words, counted from 1; absent where none does. */
  readonly line?: number;
}

/** @throws Error for a reading that is not in order */
export function readSeeds(root: string): Seed[] {
  const files = readdirSync(join(root, SEEDS)).filter((name) => name.endsWith('.yaml'));
  const readings = files.sort().map((file) => {
    const read = seed.safeParse(parse(readFileSync(join(root, SEEDS, file), 'utf8')));
    if (read.success) return read.data;
    throw new Error(`${SEEDS}/${file} is not in order: ${z.prettifyError(read.error)}`);
  });
  return sortedBy(readings, ({ cluster }) => cluster);
}

/** Where a statement is found in `dist/`. */
export function placesOf(root: string, { cluster }: Seed, { found }: Statement): Place[] {
  return Object.entries(found).flatMap(([file, all]) => {
    const path = `dist/${cluster}/${file}`;
    const at = join(root, path);
    const lines = existsSync(at) ? readFileSync(at, 'utf8').split('\n') : [];
    return all.map((words) => {
      const index = lines.findIndex((line) => line.includes(words));
      return { path, words, ...(index < 0 ? {} : { line: index + 1 }) };
    });
  });
}
