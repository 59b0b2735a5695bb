import { githubFormat } from './github';

test('severity, place and title are properties; the path, the other places and the fix stand in the text', () => {
  const text = githubFormat([
    {
      code: 'ADDRESS_OVERLAP',
      severity: 'error',
      message: 'one and two both claim 192.0.2.1',
      fix: '192.0.2.2',
      places: [
        { file: 'clusters/home.yaml', line: 12, column: 5, path: 'nodes.two' },
        { file: 'clusters/home.yaml', line: 9, column: 5, path: 'nodes.one' },
      ],
    },
  ]);
  expect(text).toBe(
    '::error file=clusters/home.yaml,line=12,col=5,title=ADDRESS_OVERLAP::nodes.two:%0Aone and two both claim 192.0.2.1%0Aand clusters/home.yaml:9 nodes.one%0Afix: 192.0.2.2\n',
  );
});

test('what would end a command, a property or a line is escaped', () => {
  const text = githubFormat([
    { code: 'SPEC_SYNTAX', severity: 'warning', message: '100 %\r\n::error::x', places: [{ file: 'a,b:c%.yaml' }] },
  ]);
  expect(text).toBe('::warning file=a%2Cb%3Ac%25.yaml,title=SPEC_SYNTAX::100 %25%0D%0A::error::x\n');
});

test('a finding without a place is a command without one', () => {
  expect(githubFormat([{ code: 'PATH_TWICE', severity: 'error', message: 'x', places: [] }])).toBe(
    '::error title=PATH_TWICE::x\n',
  );
});
