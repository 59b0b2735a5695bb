import { readYamlSource } from '../../spec/yaml-source';
import { placed } from './placed';

test.each(['\u2028', '\u2029', ' ', '): x'])('a key that holds %j is placed on its line', (sign) => {
  const { value: source } = readYamlSource('clusters/x.yaml', `name: x\nnodes:\n  ${JSON.stringify(`a${sign}`)}: 1\n`);
  if (source === undefined) throw new Error('the spec cannot be read');
  const path = ['nodes', `a${sign}`];
  const [finding] = placed([
    { source, findings: [{ code: 'SPEC_INVALID', severity: 'error', at: [path], message: 'is wrong' }] },
  ]);
  expect(finding?.places).toEqual([
    { file: 'clusters/x.yaml', line: 3, column: 3, path: `nodes[${JSON.stringify(`a${sign}`)}]` },
  ]);
});
