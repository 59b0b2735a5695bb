const { environment } = jest.requireActual<{
  environment(settings?: Readonly<Record<string, string>>): NodeJS.ProcessEnv;
}>('./environment');

const before = process.env;
afterEach(() => {
  process.env = before;
});

test('what a machine sets for Node is not measured', () => {
  process.env = { PATH: '/bin', NODE_EXTRA_CA_CERTS: '/ca.pem', NODE_OPTIONS: '--jitless' };
  expect(environment({ LC_ALL: 'C', NODE_PATH: '/modules' })).toEqual({
    PATH: '/bin',
    LC_ALL: 'C',
    NODE_PATH: '/modules',
  });
});
