import fc from 'fast-check';
import { SECRET_PATTERNS } from './secret-patterns';
import { secretsIn } from './secrets';
import { Tree } from './tree';

/** Put together here, so that no scanner takes this file for one that holds secrets. */
const KEY = `${'Ab1/'.repeat(10)}xyz=`;
const BEGIN = '-----BEGIN ';

function messages(content: string, path = 'traefik/traefik.k8s.yaml'): string[] {
  const tree = new Tree();
  tree.add(path, content, 'traefik');
  return secretsIn(tree).map(({ code, message }) => `${code}: ${message}`);
}

it('names where the options of the file’s owner stand, if that is known', () => {
  const tree = new Tree();
  tree.add('a.yaml', `${BEGIN}PRIVATE KEY-----`, 'traefik');
  expect(secretsIn(tree, (owner) => [owner, 0])[0]?.at).toEqual([['traefik', 0]]);
  expect(secretsIn(tree)[0]?.at).toEqual([]);
});

/** What is found, and in what. */
const FOUND: readonly (readonly [what: string, content: string])[] = [
  ['a private key (PEM)', `a: |\n  ${BEGIN}RSA PRIVATE KEY-----\n  MIIE`],
  ['a private key (PEM)', `${BEGIN}PRIVATE KEY-----`],
  ['a private key (PEM)', `${BEGIN}OPENSSH PRIVATE KEY-----`],
  ['a private key (PEM in base64)', `tls.key: ${Buffer.from(`${BEGIN}EC PRIVATE KEY-----\nMIIE`).toString('base64')}`],
  ['a private key (PEM in base64)', `tls.key: ${Buffer.from(`${BEGIN}PRIVATE KEY-----\nMIIE`).toString('base64')}`],
  ['a WireGuard private or preshared key', `PrivateKey = ${KEY}`],
  ['a WireGuard private or preshared key', `[Peer]\n  presharedkey=${KEY}`],
  ['a WireGuard private or preshared key', `{"privateKey":"${KEY}"}`],
  ['a WireGuard private or preshared key', `PRIVATE_KEY=${KEY}`],
  ['a WireGuard private or preshared key', `wg-preshared-key: '${KEY}'`],
  ['a K3s token', `x: K10${'0f'.repeat(32)}::server:abc`],
  ['a JSON web token', `x: eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(20)}`],
  ['a Cloudflare tunnel token', `--token eyJhIjoi${'x'.repeat(120)}`],
  ['an AWS access key', `x: AKIA${'A1'.repeat(8)}`],
  ['an AWS access key', `x: ASIA${'A1'.repeat(8)}`],
  ['an AWS secret key', `AWS_SECRET_ACCESS_KEY=${'a1B/'.repeat(10)}`],
  ['an AWS secret key', `aws_secret_access_key = ${'a1B/'.repeat(10)}`],
  ...['p', 'o', 'u', 's', 'r'].map((kind) => ['a GitHub token', `x: gh${kind}_${'a'.repeat(36)}`] as const),
  ['a GitHub token', `x: github_pat_${'a'.repeat(40)}`],
  ['a GitLab token', `x: glpat-${'a'.repeat(20)}`],
  ['a Slack token', `x: xoxb-${'1'.repeat(20)}`],
  ['a Tailscale key', `x: tskey-auth-${'a'.repeat(20)}`],
  ['an age private key', `x: AGE-SECRET-KEY-1${'Q'.repeat(58)}`],
  ['a password in an address', 'url: redis://default:hunter2@redis:6379'],
  ['a password in an address', 'url: redis://:hunter2@redis:6379'],
  ['a Secret with values', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  a: Yg==\n'],
  ['a Secret with values', 'kind: Other\n---\napiVersion: v1\nstringData:\n  a: b\nkind: Secret\n'],
  [
    'a Secret with values',
    'valuesContent: |\n  extraObjects:\n    - kind: Secret\n      metadata:\n        name: x\n      stringData:\n        a: b\n',
  ],
  ['a Secret with values', 'items:\n  - data: {a: Yg==}\n    kind: Secret\n'],
];

/** A text with a few of its characters in the other case, doubled, left out, or with white space before them. */
function altered(text: string): fc.Arbitrary<string> {
  const change = fc.record({ at: fc.nat(text.length - 1), how: fc.constantFrom('case', 'twice', 'out', 'space') });
  return fc.array(change, { maxLength: 4 }).map((changes) => {
    const characters = [...text];
    for (const { at, how } of changes) {
      const character = characters[at] ?? '';
      const lower = character.toLowerCase();
      const others = {
        case: character === lower ? character.toUpperCase() : lower,
        twice: character.repeat(2),
        out: '',
      };
      characters[at] = how === 'space' ? ` ${character}` : others[how];
    }
    return characters.join('');
  });
}

describe('a hint', () => {
  it('stands in everything that its pattern matches', () => {
    const examples = [...FOUND.map(([, content]) => content), 'agent-token: abc\n'];
    const texts = fc.constantFrom(...examples).chain(altered);
    const seen = new Set<RegExp>();
    fc.assert(
      fc.property(texts, (text) => {
        for (const { hint, pattern } of SECRET_PATTERNS) {
          const [match] = pattern.exec(text) ?? [];
          if (match === undefined) continue;
          seen.add(pattern);
          expect(match).toMatch(hint);
        }
      }),
      { numRuns: 5000 },
    );
    expect(seen.size).toBe(SECRET_PATTERNS.length);
  });
});

describe('secretsIn', () => {
  it.each(FOUND)('finds %s in %j', (what, content) => {
    expect(messages(content).map((message) => /holds (.*?), and/.exec(message)?.[1])).toContain(what);
  });

  it('names file, line and owner, and never the value', () => {
    const [message] = messages(
      `[Interface]\nListenPort = 51820\nPrivateKey = ${KEY}\n`,
      'hosts/a/etc/wireguard/wg0.conf',
    );
    expect(message).toBe(
      'SECRET_IN_OUTPUT: hosts/a/etc/wireguard/wg0.conf:3 of traefik holds a WireGuard private or preshared key, and no secret value may be in the output',
    );
  });

  it('finds a token given to K3s by value, but not one given by file', () => {
    const path = 'hosts/a/etc/rancher/k3s/config.yaml';
    expect(messages('server: https://x:6443\ntoken: abc\n', path)).toHaveLength(1);
    expect(messages('agent-token: "abc"\n', path)).toHaveLength(1);
    expect(messages('token-file: /etc/rancher/k3s/token\n', path)).toEqual([]);
    expect(messages('token: abc\n', 'apps/x.k8s.yaml')).toEqual([]);
  });

  it.each([
    ['a public key', `[Peer]\nPublicKey = ${KEY}\n`],
    ['a private key that stays in a file', 'PostUp = wg set %i private-key /etc/wireguard/private.key\n'],
    ['prose about keys', 'The line `PrivateKey = …` is not in this file: PrivateKey stays on the machine.'],
    ['a certificate', `${BEGIN}CERTIFICATE-----\nMIIE\n`],
    ['a certificate in base64', `caBundle: ${Buffer.from(`${BEGIN}CERTIFICATE-----\nMIIE`).toString('base64')}`],
    [
      'a Secret without values',
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ntype: Opaque\n---\nkind: ConfigMap\ndata:\n  a: b\n',
    ],
    ['a Secret whose data is empty', 'kind: Secret\ndata: {}\n---\nkind: ConfigMap\ndata:\n  a: b\n'],
    [
      'a reference to a Secret',
      'a:\n  - kind: Secret\n    name: x\n  - kind: ConfigMap\n    data:\n      a: b\ndata:\n  x: y\n',
    ],
    ['a password by reference', 'url: redis://:$(REDIS_PASSWORD)@redis:6379\nother: https://git@example.com/x:y@z'],
    ['an IPv6 address with a port', 'server: https://[fd00::1]:6443\nat: user@example.com'],
    ['a digest', `image: quay.io/x@sha256:${'0f'.repeat(32)}`],
  ])('lets %s pass', (_, content) => {
    expect(messages(content)).toEqual([]);
  });
});
