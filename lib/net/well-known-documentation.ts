/** Addresses that documents may use, because nobody has them. Source: RFC 5737. */
export const DOCUMENTATION = {
  lan: '192.0.2.0/24',
  router: '192.0.2.1',
  broadcast: '192.0.2.255',
  hosts: ['192.0.2.11', '192.0.2.12'],
  elsewhere: '198.51.100.11',
} as const;
