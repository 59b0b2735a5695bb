import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import noIpLiteral from './scripts/lint/no-ip-literal.mjs';

const tests = ['**/*.test.ts', 'test/**'];

/** Classes of lib/net and lib/reach whose `toString` is their one spelling. */
const printable = [
  'Address',
  'AddressSet',
  'InterfaceAddress',
  'MtuSum',
  'PortRange',
  'PortSet',
  'Prefix',
  'Range',
  'Traffic',
];

const byLocale = {
  selector: 'MemberExpression[property.name=/^(localeCompare|toLocale\\w+)$/], MemberExpression[object.name="Intl"]',
  message: 'The result depends on the machine: compare code units.',
};
const inCode = {
  'prefer-const': 'error',
  'no-var': 'error',
  eqeqeq: 'error',
  'no-restricted-syntax': ['error', byLocale],
  'max-lines': ['error', 300],
};

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.synth/', 'imports/*.ts', '**/.wayleave-*/'] },
  // What a rule forbids is mended, not excused.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { wayleave: { rules: { 'no-ip-literal': noIpLiteral } } },
    rules: {
      ...inCode,
      'wayleave/no-ip-literal': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          ...Object.fromEntries(['Any', 'Never', 'Nullish', 'RegExp', 'Array'].map((what) => [`allow${what}`, false])),
          allowBoolean: true,
          allowNumber: true,
          allow: [{ from: 'file', name: printable }],
        },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A union of one kind of CNI, or of a few words and any string, is meant: it names what may stand there.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      // `main` is asynchronous by contract, whatever it awaits today.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['lib/**', 'main.ts'],
    ignores: tests,
    rules: {
      'no-restricted-globals': ['error', { name: 'Date', message: 'The same input gives the same bytes: no dates.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The same input gives the same bytes: nothing random.' },
        { object: 'crypto', property: 'randomUUID', message: 'The same input gives the same bytes: nothing random.' },
      ],
    },
  },
  {
    files: tests,
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'no-restricted-properties': [
        'error',
        ...['it', 'test', 'describe'].flatMap((object) =>
          ['only', 'skip', 'todo'].map((property) => ({ object, property, message: 'Every test runs.' })),
        ),
      ],
    },
  },
  {
    files: ['clusters/**', 'lib/net/well-known*.ts', ...tests],
    rules: { 'wayleave/no-ip-literal': 'off' },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    rules: { ...inCode, 'no-unused-vars': 'error', 'no-undef': 'error' },
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'Buffer', 'console', 'performance', 'URL'].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.{js,cjs}'],
    languageOptions: { sourceType: 'commonjs', globals: { __dirname: 'readonly', __filename: 'readonly' } },
  },
);
