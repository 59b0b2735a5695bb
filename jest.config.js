// Unit, property and golden tests: no root, no network. test/host and test/conformance have configurations of their own.
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/{lib,test,bench,host-setup}/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/host/', '<rootDir>/test/conformance/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/node_modules/.cache/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
};
