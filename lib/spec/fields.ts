import { z } from 'zod';
import { Address } from '../net/address';
import { AddressSet } from '../net/address-set';
import { AddressError } from '../net/error';
import { PortRange } from '../net/port';
import { parsePrefix } from '../net/range';
import { sortedEntries } from '../text/compare';
import { isNodeLabel, LABEL_KEY, LABEL_VALUE } from './label-syntax';
import { mark, type Noun } from './marks';
import {
  DOMAIN,
  HOST,
  HOST_PATTERN,
  LABEL,
  mendDomain,
  mendHost,
  mendLabel,
  mendPath,
  mendPortName,
  PATH,
  PORT_NAME,
} from './name-syntax';
import { shared } from './shared';

// A spec is parsed once a run: what zod's compiler saves is less than what it costs (five specs: 17 ms of CPU, with it 43).
// Set before the first schema is made, since schemas read it when they are made.
// No schema contains itself, so no cycle in a spec can lead a parse in a circle: zod need not look for one everywhere.
z.config({
  jitless: true,
  memoizer: { attach: () => {}, guard: () => {}, alloc: (_schema, _payload, empty) => empty },
});

/** The leaves of every spec: texts that are parsed once, strictly, and are typed values from then on. */

/** Wraps a strict parser of `lib/net`: its refusal becomes an issue that carries the value that would be right. */
function parsed<In extends z.ZodType<string | number>, Out>(input: In, parse: (value: string | number) => Out) {
  return input.transform((value, context): Out => {
    try {
      return parse(value);
    } catch (error) {
      context.issues.push({ ...refusal(error), input: value });
      return z.NEVER;
    }
  });
}

/** A parser's refusal as an issue: the problem as its message, the value that would be right beside it. */
function refusal(error: unknown) {
  if (!(error instanceof AddressError)) throw error;
  const { text, problem, suggestion } = error;
  return { code: 'custom' as const, message: `${JSON.stringify(text)} ${problem}`, params: { fix: suggestion } };
}

/** An IPv4 or IPv6 address. */
export const address = shared(() => parsed(z.string(), (text) => Address.parse(String(text))));

/** A prefix in CIDR form without host bits. */
export const prefix = shared(() => parsed(z.string(), (text) => parsePrefix(String(text))));

/** Addresses as one text or a list of addresses, prefixes and `first-last` ranges. */
export const addressSet = shared(() =>
  z.union([z.string(), z.array(z.string()).min(1)]).transform((texts, context): AddressSet => {
    let set = AddressSet.empty;
    for (const [index, text] of [texts].flat().entries()) {
      try {
        set = set.union(AddressSet.parse(text));
      } catch (error) {
        context.issues.push({ ...refusal(error), input: text, path: typeof texts === 'string' ? [] : [index] });
      }
    }
    return set;
  }),
);

/** The addresses that one Service is to have: few enough that each can be written out, as allocators want them. */
export const pinnedAddresses = shared(() =>
  addressSet().refine(
    (set) => set.size <= 32n,
    'must be the addresses of one Service, at most 32; without this key it has any of its pool',
  ),
);

/** A port number, or a range of them as `first-last`. */
export const portRange = shared(() => parsed(z.union([z.number(), z.string()]), (value) => PortRange.parse(value)));

/** One port number. */
export const port = shared(() => z.int().min(1).max(65535));

/** A DNS label (RFC 1123), as Kubernetes wants most names: at most 63 of a-z, 0-9 and inner hyphens. */
export const label = shared(() =>
  mark(z.string().regex(LABEL, 'must be a DNS label: at most 63 of a-z, 0-9 and inner hyphens'), { mend: mendLabel }),
);

/**
 * The name of a port as pods and Ingresses take it: at most 15 of a-z, 0-9 and single inner hyphens, with a letter.
 * Source: Kubernetes API reference, ServiceBackendPort and ContainerPort: IANA_SVC_NAME (RFC 6335, section 5.1).
 */
export const portName = shared(() =>
  mark(
    z
      .string()
      .regex(PORT_NAME, "must be a port's name: at most 15 of a-z, 0-9 and single inner hyphens, a letter among them"),
    { mend: mendPortName },
  ),
);

/** The name of something that another part of the spec defines. Whether it exists is checked once everything is read. */
export const reference = shared((noun: Noun) => mark(z.string(), { refersTo: noun }));

/**
 * A Linux network interface's name: 1 to 15 bytes without slash or space, not `.` or `..` (IFNAMSIZ in linux/if.h,
 * dev_valid_name in net/core/dev.c), and no hyphen first, which tools take for an option.
 */
export const interfaceName = shared(() =>
  z
    .string()
    .regex(
      /^(?!\.{1,2}$)[A-Za-z0-9._@][A-Za-z0-9._@-]{0,14}$/,
      'must be an interface name: at most 15 letters, digits, dots, hyphens or underscores, no hyphen first',
    ),
);

/** An interface's name as wg-quick takes it, which is the name of its file too. Source: wg-quick(8). */
export const wireguardInterface = shared(() =>
  z
    .string()
    .regex(
      /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,14}$/,
      'must be an interface name that wg-quick takes: at most 15 letters, digits, dots, hyphens or underscores',
    ),
);

/** A full host name, lower case, without the final dot. Its last label has a letter (RFC 3696, 2): an address is none. */
export const hostName = shared(() =>
  mark(z.string().max(253).regex(HOST, 'must be a full host name in lower case, such as api.example.com'), {
    mend: mendHost,
  }),
);

/** A host name whose first label may be `*`. */
export const hostPattern = shared(() =>
  mark(z.string().max(253).regex(HOST_PATTERN, 'must be a full host name in lower case; its first label may be *'), {
    mend: mendHost,
  }),
);

/** A DNS name in lower case without the final dot, of one label or more. */
export const domainName = shared(() =>
  mark(z.string().regex(DOMAIN, 'must be a DNS name in lower case, such as cluster.local'), { mend: mendDomain }),
);

/** What clients dial: a DNS name of one label or more, or an address. */
export const hostOrAddress = shared(() =>
  mark(
    z
      .string()
      .refine(
        (text) => DOMAIN.test(text) || Address.isAddress(text),
        'must be a host name in lower case, without a wildcard, or an address',
      ),
    { mend: mendDomain },
  ),
);

/** A path on the host's own disk, in its simplest form; scripts and units hold it without quotes. */
export const absolutePath = shared(() =>
  mark(
    z
      .string()
      .regex(PATH, 'must be an absolute path of letters, digits and . _ @ + -, without . or .. between slashes'),
    {
      mend: mendPath,
    },
  ),
);

/** Why something is as it is; it is written beside what it explains. */
export const reason = shared((longest: number = 200) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\n]*$/, 'must be one line'),
);

/** A transport protocol with ports. @default tcp (Kubernetes) */
export const transport = shared(() => z.enum(['tcp', 'udp', 'sctp']).default('tcp'));

/** Facts worth knowing that nothing is derived from, a sentence each; the document prints them where they belong. @default none */
export const notes = shared(() => z.array(reason(400)).default([]));

/** A size of the largest packet, in bytes, link-layer headers not counted. */
export const mtuBytes = shared(() => z.int().min(576).max(65535));

const labelKey = shared(() =>
  z
    .string()
    .regex(LABEL_KEY, 'must be a label key: at most 63 letters, digits, - _ and ., after a DNS name and / or none'),
);

const labelValue = shared(() =>
  z
    .string()
    .regex(LABEL_VALUE, 'must be a label value: at most 63 letters, digits, - _ and ., a letter or digit at both ends'),
);

/** Kubernetes labels. */
export const labels = shared(() => z.record(labelKey(), labelValue()));

/** Labels that a node gives itself as it joins. */
export const nodeLabels = shared(() =>
  z.record(
    labelKey().refine(
      isNodeLabel,
      'must not lie in kubernetes.io or k8s.io: kubelet does not start with such a label, and kubectl can set it once the node is there',
    ),
    labelValue(),
  ),
);

/** A reference to a key of a Secret that must exist; never its value. */
export const secretKey = shared(() =>
  z.strictObject({
    /** The Secret's name. */
    name: label(),
    /** The key inside it. */
    key: z.string().regex(/^[-._a-zA-Z0-9]+$/, 'must be a Secret key: letters, digits, - _ and .'),
  }),
);

/** A record of named things. Its order in the spec decides nothing: it is sorted here, once. */
export const named = <K extends z.ZodType<string, string>, V extends z.ZodType>(key: K, value: V) =>
  z.record(key, value).transform((record) => Object.fromEntries(sortedEntries(record)) as z.output<z.ZodRecord<K, V>>);

/**
 * Where traffic may come from: anyone; Cloudflare's published ranges; addresses, prefixes or ranges;
 * a network of this cluster; or one of the spec's `outside` parties.
 */
export const source = shared(() =>
  z.union([
    z.enum(['anywhere', 'cloudflare']).transform((kind) => ({ kind })),
    z
      .strictObject({ network: reference('network') })
      .transform(({ network }) => ({ kind: 'network' as const, network })),
    z
      .strictObject({ outside: reference('outside party') })
      .transform(({ outside }) => ({ kind: 'outside' as const, outside })),
    z
      .strictObject({ addresses: addressSet() })
      .transform(({ addresses }) => ({ kind: 'addresses' as const, addresses })),
  ]),
);

export type Source = z.output<ReturnType<typeof source>>;

/** Which nodes: all, by role, by name, or by label. */
export const nodeSelector = shared(() =>
  z.union([
    mark(z.enum(['all', 'servers', 'agents']), { selectsNodes: true }),
    z.strictObject({ names: z.array(reference('node')).min(1) }),
    mark(z.strictObject({ labels: labels() }), { selectsNodes: true }),
  ]),
);

export type NodeSelector = z.output<ReturnType<typeof nodeSelector>>;
