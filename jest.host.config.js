// Applies host files in network namespaces: needs root, Linux and Debian's packages, as .ci/run installs them.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/host/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  globalSetup: '<rootDir>/test/host/machine.ts',
  globalTeardown: '<rootDir>/test/host/machine-after.ts',
  // Each file has hosts of its own.
  maxWorkers: 2,
};
