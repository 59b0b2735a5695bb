import { document } from '../../lib/emit/document/document';
import { emit } from '../../lib/emit/emit';
import { prove } from '../../lib/proof/prove';
import { readManifests } from '../../lib/reach/manifest-reader';
import { NETWORKS, treeOf } from './trees';
import { probes, verdictsOf } from './verdicts';

describe.each(NETWORKS)('%s', (_, spec) => {
  const { plan, parts, objects } = treeOf(spec);

  test('the files as they are written say what the objects at hand do', () => {
    const tree = emit(plan, parts, document).value;
    const files = (tree?.files() ?? []).filter(({ path }) => path.endsWith('.yaml') && !path.startsWith('hosts/'));
    const read = readManifests(files.map(({ path, content }) => ({ path, text: content })));
    expect(read.findings).toEqual([]);
    const again = read.manifests.map(({ value, document: own }) => ({ json: value, place: own.place.bind(own) }));
    const [atHand, written] = [prove(plan, objects), prove(plan, again)];
    if (atHand === undefined || written === undefined) throw new Error('it runs no pods');
    const addresses = probes([atHand.world]);
    expect(verdictsOf(written.world, addresses)).toEqual(verdictsOf(atHand.world, addresses));
  });

  test('every flow passes, and nothing else does', () => {
    const proof = prove(plan, objects);
    expect(proof?.state).toBe('enforced');
    expect(proof?.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(proof?.flows.length).toBeGreaterThan(0);
  });
});
