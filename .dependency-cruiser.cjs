// The import direction of the rooms (ARCHITECTURE.md): a room reads those on the lines above its own, and itself.
const levels = [
  ['text'],
  ['net'],
  ['spec'],
  ['plan'],
  ['components'],
  ['checks', 'reach'],
  ['proof'],
  ['emit', 'review'],
  ['docs'],
  ['cli'],
];

const test = '\\.test\\.ts$|^test/';
const options = '^lib/components/[^/]+/options\\.ts$';
const forOptions = ['^lib/text/', '^lib/net/', '^lib/spec/fields\\.ts$', '^lib/components/[^/]+/options\\.ts$'];

const mayRead = (room, level) => [room, ...levels.slice(0, level).flat()].map((name) => `^lib/${name}/`);

const directions = levels.flatMap((rooms, level) =>
  rooms.map((room) => ({
    name: `${room}-reads-only-what-is-below`,
    severity: 'error',
    from: { path: `^lib/${room}/`, pathNot: [test, options] },
    to: {
      path: '^(lib|main\\.ts|clusters|bench|scripts|test)',
      pathNot: [...mayRead(room, level), ...(room === 'spec' ? [options] : [])],
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'options-read-only-net-and-fields',
      severity: 'error',
      from: { path: options },
      to: { path: '^(lib|main\\.ts|clusters)', pathNot: forOptions },
    },
    {
      name: 'components-know-only-the-options-of-another',
      severity: 'error',
      from: { path: '^lib/components/([^/]+)/', pathNot: test },
      to: { path: '^lib/components/[^/]+/', pathNot: ['^lib/components/$1/', options] },
    },
    {
      name: 'clusters-read-only-types-of-spec',
      comment: 'A cluster is data: it may use the types of lib/spec and what lies beside it.',
      severity: 'error',
      from: { path: '^clusters/' },
      to: { path: '^(lib|main\\.ts|imports)', pathNot: '^lib/spec/' },
    },
    {
      name: 'clusters-read-no-values',
      severity: 'error',
      from: { path: '^clusters/' },
      to: { path: '^(lib|main\\.ts|imports)', dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies-at-run-time',
      severity: 'error',
      from: { path: '^(bin|lib|main\\.ts|imports|clusters)', pathNot: test },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count: a room that names another's types depends on it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.cjs', '.mjs', '.json'] },
  },
};
