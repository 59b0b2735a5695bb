// Applies host files in network namespaces: needs root, Linux and Debian's packages, as .ci/run installs them.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/host/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
};
