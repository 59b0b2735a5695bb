import { certManagerOptions } from './options';

const parse = (nameserver: string) =>
  certManagerOptions.safeParse({ kind: 'cert-manager', issuers: {}, recursiveNameservers: [nameserver] });

test.each([
  ['1.1.1.1:53', '1.1.1.1', 53],
  ['[2606:4700:4700::1111]:5353', '2606:4700:4700::1111', 5353],
])('%s', (text, address, port) => {
  const [server] = parse(text).data?.recursiveNameservers ?? [];
  expect([String(server?.address), server?.port.first]).toEqual([address, port]);
});

test.each([
  '999.1.1.1:53',
  '1.1.1.1',
  '1.1.1.1:0',
  '1.1.1.1:70000',
  '2606:4700:4700::1111:53',
  '[1.1.1.1]:53',
  'dns.test:53',
])('%s is refused', (text) => {
  expect(parse(text).error?.issues).toMatchObject([
    { path: ['recursiveNameservers', 0], message: 'must be address:port, an IPv6 address in brackets' },
  ]);
});
