/** A text that gives a secret away. */
export interface SecretPattern {
  /** What was found, for a message: never the value. */
  readonly what: string;
  /** Texts of which a file must hold one before the pattern is tried: a plain search is far cheaper. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
  /** Files it applies to. @default all */
  readonly paths?: RegExp;
}

/** How a file in base64 starts that holds a private key as PEM, in each of its usual kinds. */
const PEM_IN_BASE64 = ['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED '].map((kind) => {
  const start = Buffer.from(`-----BEGIN ${kind}PRIVATE KEY`).toString('base64');
  // The last characters depend on what follows.
  return start.slice(0, -4);
});

export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { what: 'a private key (PEM)', hints: ['PRIVATE KEY'], pattern: /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/ },
  {
    what: 'a private key (PEM in base64)',
    hints: PEM_IN_BASE64,
    pattern: new RegExp(PEM_IN_BASE64.join('|').replaceAll('+', '\\+')),
  },
  // wg-quick(8): keys of any case, at the start of a line, with white space around the equals sign.
  {
    what: 'a WireGuard private or preshared key',
    hints: ['ivate', 'IVATE', 'eshared', 'ESHARED'],
    pattern:
      /^[ \t]*(?:PrivateKey|PresharedKey)[ \t]*=|(?:private|preshared)[_-]?key["']?\s*[=:]\s*["']?[A-Za-z0-9+/]{43}=/im,
  },
  // docs.k3s.io/cli/token: K10, the CA's hash, and user and password.
  { what: 'a K3s token', hints: ['K10'], pattern: /\bK10[0-9A-Fa-f]{16,}::/ },
  { what: 'a K3s token', hints: ['token:'], pattern: /^(?:agent-)?token:[ \t]*\S/m, paths: /\/etc\/rancher\/k3s\// },
  // RFC 7519: the base64 of `{"` opens header and claims.
  { what: 'a JSON web token', hints: ['eyJ'], pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
  // A tunnel's token is the base64 of `{"a":"<account>","t":…,"s":"<secret>"}`.
  { what: 'a Cloudflare tunnel token', hints: ['eyJhIjoi'], pattern: /\beyJhIjoi[A-Za-z0-9+/_-]{40,}/ },
  { what: 'an AWS access key', hints: ['AKIA', 'ASIA'], pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    what: 'an AWS secret key',
    hints: ['secret_access_key', 'SECRET_ACCESS_KEY'],
    pattern: /secret_access_key["']?\s*[=:]\s*["']?[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/i,
  },
  { what: 'a GitHub token', hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], pattern: /\bgh[opusr]_[A-Za-z0-9]{30,}/ },
  { what: 'a GitHub token', hints: ['github_pat_'], pattern: /\bgithub_pat_\w{20,}/ },
  { what: 'a GitLab token', hints: ['glpat-'], pattern: /\bglpat-[\w-]{20,}/ },
  { what: 'a Slack token', hints: ['xox'], pattern: /\bxox[abeprs]-[\w-]{10,}/ },
  { what: 'a Tailscale key', hints: ['tskey-'], pattern: /\btskey-[a-z]+-\w{8,}/ },
  { what: 'an age private key', hints: ['AGE-SECRET-KEY-'], pattern: /AGE-SECRET-KEY-1[0-9A-Z]{20,}/ },
  // A password that is a reference, such as $(PASSWORD) or <password>, is none.
  {
    what: 'a password in an address',
    hints: ['://'],
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'<>[\]]*:(?![$<{*])[^\s/:@"'<>]+@/i,
  },
];
