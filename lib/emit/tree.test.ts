import { Tree } from './tree';

function treeOf(...files: [path: string, owner: string][]): Tree {
  const tree = new Tree();
  for (const [path, owner] of files) tree.add(path, `${path} of ${owner}`, owner);
  return tree;
}

const problems = (tree: Tree) => tree.findings().map(({ code, message }) => `${code}: ${message}`);

describe('Tree', () => {
  it('lists its files in code-unit order, whatever the order they came in', () => {
    const tree = treeOf(['b/x', 'k3s'], ['a', 'k3s'], ['C', 'k3s'], ['b.x', 'k3s']);
    expect(tree.files().map((file) => file.path)).toEqual(['C', 'a', 'b.x', 'b/x']);
    expect(tree.get('b/x')).toBe('b/x of k3s');
    expect(tree.get('b')).toBeUndefined();
    expect(tree.findings()).toEqual([]);
  });

  it('names both owners of one path', () => {
    const expected = ['PATH_TWICE: argocd and k3s each want a file at a/b'];
    expect(problems(treeOf(['a/b', 'k3s'], ['a/b', 'argocd']))).toEqual(expected);
    expect(problems(treeOf(['a/b', 'argocd'], ['a/b', 'k3s']))).toEqual(expected);
  });

  it('names an owner that wants one path twice', () => {
    expect(problems(treeOf(['a', 'k3s'], ['a', 'k3s']))).toEqual(['PATH_TWICE: k3s and k3s each want a file at a']);
  });

  it('takes paths for one that differ in case alone', () => {
    expect(problems(treeOf(['a/B', 'k3s'], ['A/b', 'argocd']))).toEqual([
      'PATH_TWICE: argocd (A/b) and k3s (a/B) each want a file at paths that differ in case alone',
    ]);
  });

  it('refuses a file where another one needs a folder', () => {
    const expected = ['PATH_TWICE: k3s wants a file at a/b, and argocd wants a folder there, for a/B/c'];
    expect(problems(treeOf(['a/b', 'k3s'], ['a/B/c', 'argocd']))).toEqual(expected);
    expect(problems(treeOf(['a/B/c', 'argocd'], ['a/b', 'k3s']))).toEqual(expected);
    expect(problems(treeOf(['a/b', 'k3s'], ['a/bc/d', 'argocd']))).toEqual([]);
  });

  it.each(['/etc/x', '../x', 'a/../b', 'a//b', 'a/', './a', '', 'a\\b', 'a\nb'])('refuses the path %j', (path) => {
    expect(() => treeOf([path, 'k3s'])).toThrow(/k3s wants/);
  });
});
