import { rentedSpec } from '../../../test/support/rented';
import { smallSpec } from '../../../test/support/spec';
import { documentOf, part } from '../../../test/support/document';
import { anchor } from '../../text/markdown';
function shuffled<T>(value: T): T {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, shuffled(inner)] as const)
      .reverse(),
  ) as T;
}

const rented = documentOf(rentedSpec());

test('nothing in it is left open', () => {
  for (const whole of [rented, documentOf(smallSpec())]) {
    expect(whole).not.toMatch(/undefined|\[object|NaN|∅/);
    expect(whole.endsWith('\n')).toBe(true);
    expect(whole).not.toMatch(/\n\n\n/);
  }
});

test('the same spec gives the same bytes, whatever the order of its keys', () => {
  expect(documentOf(shuffled(rentedSpec()))).toBe(rented);
});

test('every row of every table has as many cells as its head', () => {
  const cells = (line: string) => line.replace(/\\\|/g, '').split('|').length;
  const lines = rented.split('\n');
  lines.forEach((line, i) => {
    if (line.startsWith('|') && lines[i - 1]?.startsWith('|')) expect(cells(line)).toBe(cells(lines[i - 1] ?? ''));
  });
});

test('its contents lead to its chapters, and no two headings are alike in one place', () => {
  const chapters = [...rented.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? '');
  const links = [...rented.matchAll(/^- \[(.+)\]\((#.+)\)$/gm)].map((match) => [match[1], match[2]]);
  expect(links).toEqual(chapters.map((title) => [title, anchor(title)]));
  expect(new Set(chapters).size).toBe(chapters.length);
});

test('tells what it is in a paragraph', () => {
  expect(rented).toContain('K3s v1.34.6+k3s1 on three servers, with embedded etcd');
  expect(rented).toContain('Flannel carries pod traffic between them by VXLAN, in clear.');
  expect(rented).toContain('Services are routed by kube-proxy in IPVS mode.');
});

test('one word of the spec changes ports, MTU, encryption and firewall together', () => {
  const wireguard = documentOf(rentedSpec({ cni: { kind: 'flannel', backend: 'wireguard-native' } }));
  expect(part(rented, 'MTU')).toContain('1500 − 50 VXLAN = 1450');
  expect(part(wireguard, 'MTU')).toContain('1500 − 80 WireGuard = 1420');
  expect(part(wireguard, 'MTU')).toContain('-s 1392');
  expect(part(rented, 'Encryption')).toContain('| shop/web | shop/cache | `6379/tcp` | sessions |');
  expect(part(wireguard, 'Between nodes')).not.toContain('shop/cache');
  expect(part(rented, 'Ports')).toContain('`8472/udp`');
  expect(wireguard).not.toMatch(/8472|flannel\.1|VXLAN/);
  expect(part(wireguard, 'Firewall of the nodes')).toContain('| `eth0` | every other node | the node | `51820/udp` |');
});

test('while nodes roll to an encrypted backend, it says what is still in clear and in which order to go', () => {
  const rolling = documentOf(rentedSpec({ cni: { kind: 'flannel', backend: 'wireguard-native', migrating: true } }));
  expect(part(rolling, 'Between nodes')).toContain('travels by `8472/udp`, **in clear**');
  expect(part(rolling, 'Migration in progress')).toContain('`host-1`, then');
});

test('while nodes roll, a packet is shown in the tunnel they go to', () => {
  const rolling = documentOf(rentedSpec({ cni: { kind: 'flannel', backend: 'wireguard-native', migrating: true } }));
  expect(part(rolling, 'Routes on `one`')).toContain('outer  203.0.113.1 → 203.0.113.3  udp 51820');
  expect(part(rolling, 'Commands')).toContain('tcpdump -ni eth0 udp port 51820');
});

test('the map names the kind of address that is dialled, and what protects the flow', () => {
  const map = part(rented, 'IP interaction map');
  expect(map).toContain(
    '| `apps.web.needs[0]` | shop/web | shop/cache | pod network | SERVICE | `6379/tcp` | **nothing** between nodes, on `wan` | sessions |',
  );
  expect(map).toContain(
    '| `apps.web.needs[1]` | shop/web | postgres (`db.example.net`) | the world outside | PUBLIC | `5432/tcp` | TLS 1.3 | orders |',
  );
  expect(map).toContain('| kube-system/traefik | shop/web | pod network | POD | `8000/tcp` |');
});

test('the trace is of the packets: the pod is dialled, not the Service', () => {
  const trace = part(rented, 'A request for `shop.example.com`, hop by hop');
  expect(trace).toContain(
    '3. The proxy picks one of `203.0.113.1`, `203.0.113.2` or `203.0.113.3` and calls port 80 by plain HTTP',
  );
  expect(trace).toContain('lets Cloudflare (22 prefixes) in to port 80');
  expect(trace).toContain(
    'dials one of the app’s pods by its own address, on port 8000. The Service’s address is not in the path',
  );
  expect(trace).not.toContain('10.43.');
});

test('without a proxy the client calls the nodes, by TLS where there is an entrypoint with it', () => {
  const direct = documentOf(rentedSpec({ dns: { zones: { 'example.com': { provider: 'none' } } } }));
  const trace = part(direct, 'A request for `shop.example.com`, hop by hop');
  expect(trace).toContain(
    '1. The client resolves `shop.example.com` to `203.0.113.1`, `203.0.113.2` or `203.0.113.3`.',
  );
  expect(trace).toContain('The client calls port 443 by TLS.');
  expect(trace).not.toContain('proxy as Cloudflare');
});

test('public records follow from hosts and from where the ingress runs', () => {
  expect(part(rented, 'Public records')).toContain(
    '| `shop.example.com` | A | `203.0.113.1`, `203.0.113.2`, `203.0.113.3` | yes |',
  );
  expect(part(rented, 'Zones')).toContain('`flexible`: plain HTTP');
});

test('a record that the spec states decides for its name, before the zone', () => {
  const dns = { ...rentedSpec().dns, records: [{ name: '*.example.com', type: 'A' as const, value: '203.0.113.9' }] };
  const own = documentOf(rentedSpec({ dns }));
  expect(part(own, 'Public records')).toContain('| `*.example.com` | A | `203.0.113.9` | no |');
  expect(part(own, 'Public records')).not.toContain('shop.example.com');
  expect(own).not.toContain('proxy as Cloudflare');
});

test('equal nodes share one table of rules; others have their own', () => {
  expect(part(rented, 'Firewall of the nodes').match(/^### Rules of/gm)).toEqual(['### Rules of']);
  const mixed = part(documentOf(smallSpec()), 'Firewall of the nodes');
  expect([...mixed.matchAll(/^### Rules of (.*)$/gm)].map((match) => match[1])).toEqual(['`a` and `b`', '`c`']);
});

test('what does not exist in a cluster is not spoken of', () => {
  const small = documentOf(smallSpec());
  expect(small).not.toMatch(/Cloudflare|Argo CD|^## (Accepted|Delivery|Virtual)/m);
  expect(documentOf(smallSpec({ firewall: { kind: 'none' } }))).not.toContain('### Rules of');
});

test('pictures are of lines that Mermaid knows, and every arrow ends at something drawn', () => {
  const charts = [...rented.matchAll(/^```mermaid\n([^]*?)^```$/gm)].map(
    (match) => match[1]?.trimEnd().split('\n') ?? [],
  );
  expect(charts).toHaveLength(4);
  const text = '"[^"]*"';
  for (const [kind, ...lines] of charts.filter(([first]) => first?.startsWith('flowchart'))) {
    expect(kind).toMatch(/^flowchart (LR|TB)$/);
    const known = lines.flatMap(
      (line) =>
        line.match(new RegExp(`^ +(?:subgraph )?(\\w+)(?:\\[${text}\\]|\\(${text}\\)|\\(\\[${text}\\]\\))$`))?.[1] ??
        [],
    );
    expect(new Set(known).size).toBe(known.length);
    const rest = lines.filter((line) => !/[\])]$/.test(line) && line.trim() !== 'end');
    for (const line of rest) {
      const [, from, to] = line.match(new RegExp(`^  (\\w+) (?:-->|---)\\|${text}\\| (\\w+)$`)) ?? [];
      expect(known).toEqual(expect.arrayContaining([from, to]));
    }
  }
  const [, ...hops] = charts.find(([first]) => first === 'sequenceDiagram') ?? [];
  const people = hops.flatMap((line) => line.match(/^ {2}participant (\w+) as .+$/)?.[1] ?? []);
  expect(new Set(people).size).toBe(people.length);
  for (const line of hops.filter((one) => !/participant|autonumber|^ {2}(?:opt .+|end)$/.test(one))) {
    const [, ...ends] = line.match(/^ {2,4}(?:Note over (\w+)|(\w+)--?>>(\w+)): [^;]*(?:#\d+;[^;]*)*$/) ?? [];
    expect(people).toEqual(expect.arrayContaining(ends.filter((end) => end !== undefined)));
    expect(ends.some((end) => end !== undefined)).toBe(true);
  }
});

test('what a lost node means: who takes over, and what a majority is', () => {
  const node = part(rented, 'A node, or the network');
  expect(node).toContain('etcd has three members and needs a majority of two: the loss of one server is survived');
  expect(node).toContain('New nodes join by `one`, and cannot while it is away');
  const two = part(documentOf(smallSpec()), 'A node, or the network');
  expect(two).toContain(
    'etcd has two members and needs a majority of two: the loss of any member stops the control plane',
  );
});

test('a LAN’s free addresses are those nobody has claimed', () => {
  expect(part(documentOf(smallSpec()), 'On `lan`')).toContain(
    'Free: `192.168.50.2-192.168.50.10`, `192.168.50.14-192.168.50.254` (250 addresses).',
  );
});

test('findings that are meant stand there with their reason', () => {
  const spec = rentedSpec({ accept: [{ code: 'PORT_TWICE', at: 'apps.web', reason: 'a | b' }] });
  expect(part(documentOf(spec), 'Accepted findings')).toContain('| `PORT_TWICE` | `apps.web` | a &#124; b |');
});
