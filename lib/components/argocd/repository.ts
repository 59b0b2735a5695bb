/** What of a git address matters to the network. */
export interface GitHost {
  readonly host: string;
  readonly port: number;
  readonly encryptedBy: 'SSH' | 'TLS';
}

const DEFAULT_PORT = { SSH: 22, TLS: 443 } as const;

/** Reads `https://host/…`, `ssh://git@host:22/…` and `git@host:…`. */
export function gitHost(repository: string): GitHost {
  const scp = /^git@([^:/]+):/.exec(repository);
  if (scp?.[1] !== undefined) return { host: scp[1], port: DEFAULT_PORT.SSH, encryptedBy: 'SSH' };
  const url = new URL(repository);
  const encryptedBy = url.protocol === 'ssh:' ? 'SSH' : 'TLS';
  return { host: url.hostname, port: url.port === '' ? DEFAULT_PORT[encryptedBy] : Number(url.port), encryptedBy };
}
