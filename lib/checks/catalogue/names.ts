import { DOCUMENTATION } from '../../net/well-known-documentation';
import type { Entry } from './entry';

const { hosts, home } = DOCUMENTATION;
const TUNNEL = '00000000-0000-4000-8000-000000000000';

/** A zone of which nobody checks certificates, and records in it. */
const zone = (...records: string[]) =>
  `dns:\n  zones: { example.com: { originTls: flexible } }\n${records.length === 0 ? '' : '  records:\n'}${records.map((one) => `    - { ${one} }\n`).join('')}`;

/** What can be wrong with names, records and certificates. */
export const NAME_ENTRIES = {
  CERTIFICATE_MISSING: {
    meaning:
      'An ingress is to serve a name by TLS, and its certificate is not for that name, or it has none. A wildcard stands for exactly one label: `*.example.com` is for `a.example.com`, and neither for `example.com` nor for `b.a.example.com`. Clients are warned; Cloudflare, told to check (`strict`), answers 526. EasyHAProxy is given none, and speaks no TLS without one.',
    example: { of: 'spec', text: 'dns:\n  zones: { example.com: {} }\n' },
    fix: 'Name a certificate with these names at the ingress. Behind EasyHAProxy serve the names by Traefik, or in plain: `originTls: flexible`.',
  },
  CHALLENGE_UNREACHABLE: {
    meaning:
      'A certificate is to be proved by a call of Let’s Encrypt on port 80 (HTTP-01) that never arrives: the ingress lets in certain callers alone, and Let’s Encrypt tells nobody where it calls from; or public DNS leads the name to addresses that the internet does not lead to. cert-manager, which tries the call from inside first, finds nothing wrong; no certificate is issued, and none is renewed.',
    example: {
      of: 'spec',
      text: 'ingress:\n  - { kind: traefik, mode: host-network, allowFrom: [{ network: lan }], defaultCertificate: shop }\ncertificates:\n  kind: cert-manager\n  issuers: { acme: { server: letsencrypt, solvers: [{ kind: http01, ingress: traefik }] } }\n  certificates: { shop: { namespace: kube-system, issuer: acme, names: [shop.example.com] } }\n',
    },
    fix: 'Prove the names by records in DNS (`dns01-cloudflare`), for which nothing need be reachable; or let anyone call port 80. Where a proxy beyond the spec passes the call on, accept it with that reason.',
    seen: ['cert-manager/cert-manager#2517', 'cert-manager/cert-manager#3000'],
  },
  HOST_OUTSIDE_ZONES: {
    meaning:
      'A name lies in none of the zones that the spec knows, so that no record is written for it. Most often a name or a zone is misspelt.',
    example: { of: 'spec', text: 'dns:\n  zones: { example.org: {} }\n' },
    fix: 'Correct the name, or add its zone.',
  },
  RECORD_CONFLICT: {
    meaning:
      'A name is to be a CNAME and something else besides, or a record is stated twice. A CNAME stands alone (RFC 1034); providers refuse the second record.',
    example: {
      of: 'spec',
      text: zone(
        'name: www.example.com, type: CNAME, value: home.example.net',
        `name: www.example.com, type: A, value: ${hosts[0]}`,
      ),
    },
    fix: 'Take one of the two out.',
  },
  RECORD_PRIVATE: {
    meaning:
      'Public DNS holds an address that the internet does not lead to. Inside the network it works; outside it tells strangers how the network is built, and resolvers that guard against DNS rebinding leave such answers out. Behind a proxy it cannot work: the proxy does not reach it.',
    example: { of: 'spec', text: zone(`name: home.example.com, type: A, value: ${home}`) },
    fix: 'Let a resolver inside the network answer for these names, bring them in by a tunnel, or accept it where the names are meant for inside.',
  },
  SPLIT_DNS: {
    meaning:
      'A certificate is proved by records in public DNS (DNS-01), and the network answers these names by itself. cert-manager looks for its record by the nodes’ resolvers, finds what is told inside, and waits for ever.',
    example: {
      of: 'spec',
      text: `${zone()}tunnels:\n  - { kind: cloudflare-tunnel, name: public, tunnelId: ${TUNNEL} }\ncertificates:\n  kind: cert-manager\n  issuers: { acme: { server: letsencrypt, solvers: [{ kind: dns01-cloudflare, apiToken: { name: token, key: token } }] } }\n  certificates: { shop: { namespace: kube-system, issuer: acme, names: [shop.example.com] } }\napps:\n  web: { hosts: [shop.example.com, { host: shop.example.com, tunnel: public }] }\n`,
    },
    fix: 'Name resolvers outside at `certificates.recursiveNameservers`.',
    seen: ['cert-manager/cert-manager#6572'],
  },
  TUNNEL_RECORD: {
    meaning:
      'A record of a tunnel is not proxied, or leads elsewhere. The names under cfargotunnel.com have an address at Cloudflare’s proxy alone: without it nobody finds anything there.',
    example: { of: 'spec', text: zone(`name: old.example.com, type: CNAME, value: ${TUNNEL}.cfargotunnel.com`) },
    fix: 'Set `proxied: true`; or take the record out, as it follows from the host.',
    seen: ['kubernetes-sigs/external-dns#1862'],
  },
  WILDCARD_HIDDEN: {
    meaning:
      'A name has no record of its own because a wildcard seems to cover it, and another name hides it: a wildcard answers only for names below the closest one that exists (RFC 4592). `*.cloud.example.com` makes `cloud.example.com` exist, with nothing in it, and takes it out of `*.example.com`.',
    example: {
      of: 'spec',
      text: zone(
        `name: "*.example.com", type: A, value: ${hosts[0]}`,
        `name: "*.shop.example.com", type: A, value: ${hosts[0]}`,
      ),
    },
    fix: 'Give the name a record of its own.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
