/** A text that gives a secret away. */
export interface SecretPattern {
  /** What was found, for a message: never the value. */
  readonly what: string;
  /**
   * What a file must hold before the pattern is tried. All text is searched for it, so it is a part of the pattern that
   * hardly any text holds. Best is a fixed text that begins with a rare character and has less than seven: V8 then looks
   * for that character alone.
   */
  readonly hint: RegExp;
  readonly pattern: RegExp;
  /** Files it applies to. @default all */
  readonly paths?: RegExp;
}

/** How a file in base64 starts that holds a private key as PEM, in each of its usual kinds. */
const PEM_IN_BASE64 = new RegExp(
  ['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED ']
    // The last characters depend on what follows.
    .map((kind) => Buffer.from(`-----BEGIN ${kind}PRIVATE KEY`).toString('base64').slice(0, -4))
    .join('|')
    .replaceAll('+', '\\+'),
);

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { what: 'a private key (PEM)', hint: /VATE K/, pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/ },
  {
    what: 'a private key (PEM in base64)',
    hint: /LS0tLS/,
    pattern: PEM_IN_BASE64,
  },
  // wg-quick(8): keys of any case, at the start of a line, with white space around the equals sign.
  {
    what: 'a WireGuard private or preshared key',
    // Not that of a public key, which stands in every peer of a mesh.
    hint: /[ed][_-]?key["']?\s*[=:]/i,
    pattern:
      /^[ \t]*(?:PrivateKey|PresharedKey)[ \t]*=|(?:private|preshared)[_-]?key["']?\s*[=:]\s*["']?[A-Za-z0-9+/]{43}=/im,
  },
  // docs.k3s.io/cli/token: K10, the CA's hash, and user and password.
  { what: 'a K3s token', hint: /K10/, pattern: /\bK10[0-9A-Fa-f]{16,}::/ },
  { what: 'a K3s token', hint: /token:/, pattern: /^(?:agent-)?token:[ \t]*\S/m, paths: /\/etc\/rancher\/k3s\// },
  // RFC 7519: the base64 of `{"` opens header and claims.
  { what: 'a JSON web token', hint: /\.eyJ/, pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
  // A tunnel's token is the base64 of `{"a":"<account>","t":…,"s":"<secret>"}`.
  { what: 'a Cloudflare tunnel token', hint: /JhIjoi/, pattern: /\beyJhIjoi[A-Za-z0-9+/_-]{40,}/ },
  { what: 'an AWS access key', hint: /AKIA|ASIA/, pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    what: 'an AWS secret key',
    hint: /_/,
    pattern: /secret_access_key["']?\s*[=:]\s*["']?[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/i,
  },
  { what: 'a GitHub token', hint: /_/, pattern: /\bgh[opusr]_[A-Za-z0-9]{30,}/ },
  { what: 'a GitHub token', hint: /_pat_/, pattern: /\bgithub_pat_\w{20,}/ },
  { what: 'a GitLab token', hint: /glpat-/, pattern: /\bglpat-[\w-]{20,}/ },
  { what: 'a Slack token', hint: /xox/, pattern: /\bxox[abeprs]-[\w-]{10,}/ },
  { what: 'a Tailscale key', hint: /key-/, pattern: /\btskey-[a-z]+-\w{8,}/ },
  { what: 'an age private key', hint: /GE-SEC/, pattern: /AGE-SECRET-KEY-1[0-9A-Z]{20,}/ },
  // A password that is a reference, such as $(PASSWORD) or <password>, is none.
  {
    what: 'a password in an address',
    hint: /:\/\//,
    // Found by its slashes, and only then read backwards: nearly every text holds words that might be a scheme.
    pattern: /:\/\/(?<=\b[a-z][a-z0-9+.-]*:\/\/)[^\s/:@"'<>[\]]*:(?![$<{*])[^\s/:@"'<>]+@/i,
  },
];
