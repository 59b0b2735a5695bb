import { main } from '../../main';
import { testHost } from '../../test/support/host';
import { FINDING_CODES } from '../spec/finding';

async function explain(...args: string[]) {
  const { host, printed } = testHost(__dirname);
  return { code: await main(['explain', ...args], host), ...printed };
}

test('a code: what it means, an example, what is printed for it, the fix', async () => {
  const { code, out } = await explain('HOST_TWICE');
  expect(code).toBe(0);
  expect(out).toMatch(/^HOST_TWICE\n/);
  expect(out).toContain('    error HOST_TWICE  apps.web.hosts[0]');
  expect(out).toMatch(/\nFix: /);
});

test('threads of those who met it', async () => {
  expect((await explain('ADDRESS_OVERLAP')).out).toContain('https://github.com/k3s-io/k3s/issues/588');
});

test('without a code it lists all of them, a line each', async () => {
  const { code, out } = await explain();
  expect(code).toBe(0);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual([...FINDING_CODES]);
});

test('letters of either case do; a misspelt code suggests the nearest, exit 1', async () => {
  expect((await explain('port_twice')).out).toContain('PORT_TWICE\n');
  const { code, err } = await explain('ADRESS_OVERLAP');
  expect(code).toBe(1);
  expect(err).toContain('did you mean ADDRESS_OVERLAP?');
  expect((await explain('NONSENSE')).err).toContain('`wayleave explain` lists them');
});

test('the list says of each code a whole sentence', async () => {
  const { out } = await explain();
  for (const line of out.trimEnd().split('\n')) {
    expect(line).toMatch(/\.$/);
    expect(line.split('`').length % 2).toBe(1);
  }
});
