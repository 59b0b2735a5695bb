import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderFindings } from '../lib/spec/report';
import { readYamlSource } from '../lib/spec/yaml-source';
import { walk } from '../main';

const FOLDER = join(__dirname, '../docs/components/samples');

test.each(readdirSync(FOLDER))('%s is a cluster that can work', (file) => {
  const { value: source } = readYamlSource(file, readFileSync(join(FOLDER, file), 'utf8'));
  if (source === undefined) throw new Error(`${file} cannot be read`);
  const { findings, tree } = walk(source, 'tree');
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(renderFindings([{ findings: errors, source }], false)).toBe('');
  expect(tree).toBeDefined();
});
