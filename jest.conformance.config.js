// Holds dist/ against the real CRDs and chart schemas. WAYLEAVE_REFERENCE says where they lie, by default ../shared/reference.
module.exports = {
  ...require('./jest.config.js'),
  testMatch: ['<rootDir>/test/conformance/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
