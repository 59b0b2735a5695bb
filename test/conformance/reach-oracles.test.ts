import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { connlist } from '../../lib/reach/connlist';
import { readFolder } from '../../lib/reach/folder';
import { readWorld } from '../../lib/reach/world';

/** Answers of an independent analyser, which are no part of the project: a folder a case, `input/` and `expected.txt`. */
const ORACLES = resolve(process.env.WAYLEAVE_ORACLES ?? join(__dirname, '../../../shared/oracles'), 'reachability');

describe('who reaches whom, as somebody else sees it', () => {
  test.each(readdirSync(ORACLES).sort())('%s', (name) => {
    const { world } = readWorld(readFolder(join(ORACLES, name, 'input'), ''));
    expect(connlist(world)).toBe(readFileSync(join(ORACLES, name, 'expected.txt'), 'utf8'));
  });
});
