import type { Finding } from './finding';
import { renderFindings } from './report';

const error = (path: (string | number)[], message: string, fix?: string): Finding => ({
  code: 'SPEC_INVALID',
  severity: 'error',
  at: [path],
  message,
  ...(fix === undefined ? {} : { fix }),
});

const source = {
  file: 'clusters/x.ts',
  locate: (path: readonly (string | number)[]) => `clusters/x.ts: ${path.join('.')}`,
};

test('nothing found is nothing said', () => {
  expect(renderFindings([{ findings: [] }], true)).toBe('');
});

test('a finding is a line of code and place, and the rest below it', () => {
  const findings = [error(['nodes', 'a'], 'must be a mapping, not a list', 'a: {}')];
  expect(renderFindings([{ findings, source }], false)).toBe(
    [
      'error SPEC_INVALID  clusters/x.ts: nodes.a',
      '  must be a mapping, not a list',
      '  fix: a: {}',
      '',
      '1 error',
      '',
    ].join('\n'),
  );
});

test('both places of a collision are named', () => {
  const twice: Finding = {
    code: 'HOST_TWICE',
    severity: 'error',
    at: [
      ['apps', 'a'],
      ['apps', 'b'],
    ],
    message: 'both claim it',
  };
  expect(renderFindings([{ findings: [twice], source }], false)).toContain(
    'x.ts: apps.a\n  and apps.b\n  both claim it\n',
  );
});

test('files come in order, errors before warnings, line 9 before line 10', () => {
  const at = (where: string): Finding => ({ code: 'SPEC_SYNTAX', severity: 'error', at: [[]], where, message: 'm' });
  const warning: Finding = { ...error(['a'], 'doubtful'), severity: 'warning' };
  const text = renderFindings(
    [{ findings: [at('z.yaml:10:1'), at('z.yaml:9:1')] }, { findings: [warning, error(['b'], 'wrong')], source }],
    false,
  );
  expect(text.match(/^(error|warning) .*$/gm)).toEqual([
    'error SPEC_INVALID  clusters/x.ts: b',
    'warning SPEC_INVALID  clusters/x.ts: a',
    'error SPEC_SYNTAX  z.yaml:9:1',
    'error SPEC_SYNTAX  z.yaml:10:1',
  ]);
  expect(text.endsWith('\n\n3 errors, 1 warning\n')).toBe(true);
});

test('a place without a spec is its path', () => {
  expect(renderFindings([{ findings: [error(['api', 'port'], 'm')] }], false)).toContain(
    'error SPEC_INVALID  api.port\n',
  );
  expect(renderFindings([{ findings: [{ ...error([], 'm'), at: [] }] }], false)).toContain('error SPEC_INVALID\n  m\n');
});

test('colour is there when it is asked for, and only then', () => {
  const found = [{ findings: [error(['a'], 'm')], source }];
  expect(renderFindings(found, true)).toContain('\u001b[31merror\u001b[0m SPEC_INVALID');
  expect(renderFindings(found, false)).not.toContain('\u001b');
});

test('many places do not bury what is wrong', () => {
  const at = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ['apps', name]);
  const many: Finding = { code: 'PORT_EXPOSED', severity: 'error', at, message: 'all of them' };
  expect(renderFindings([{ findings: [many] }], false)).toContain(
    'apps.a\n  and apps.b\n  and apps.c\n  and apps.d\n  and 2 more places\n  all of them\n',
  );
});
