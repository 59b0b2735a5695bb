import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { main } from '../../main';
import { testHost } from '../../test/support/host';
import { checkCommand } from '../cli/check';

const GUIDE = readFileSync(join(__dirname, '../../docs/guide/checks.md'), 'utf8');

/** The fenced blocks of one language, in order. */
function fenced(language: string): string[] {
  return [...GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

test('the finding that it shows is printed as it says', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'wayleave-guide-checks-'));
  try {
    mkdirSync(join(cwd, 'clusters'));
    const spec = {
      name: 'cabin',
      networks: { lan: { kind: 'lan', interface: 'eth0', prefix: '192.168.10.0/24' } },
      nodes: {
        attic: { role: 'server', addresses: { lan: '192.168.10.11' } },
        shed: { role: 'agent', addresses: { lan: '192.168.10.11' } },
      },
      k3s: { nodeNetwork: 'lan' },
      cni: { kind: 'flannel' },
    };
    writeFileSync(join(cwd, 'clusters/cabin.yaml'), stringify(spec));
    const { host, printed } = testHost(cwd);
    expect(await main(['check'], host)).toBe(1);
    const plain = (text: string) => text.replace(/:\d+:\d+/g, '');
    const [shown = ''] = fenced('text');
    expect(plain(printed.out)).toContain(plain(shown));
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

test('its YAML is in order, and the options it uses are those of the command', () => {
  const texts = fenced('yaml').map((text) => JSON.stringify(parse(text)));
  expect(texts.length).toBeGreaterThan(3);
  const used = [...GUIDE.matchAll(/wayleave\.js check ([^\n`]*)/g)].flatMap(
    ([, words = '']) => words.match(/--\w+/g) ?? [],
  );
  expect(used.filter((option) => !checkCommand.help.includes(option))).toEqual([]);
});
