/** Addresses that documents may use, because nobody has them, or everybody. Source: RFC 5737; RFC 3849; RFC 1918. */
export const DOCUMENTATION = {
  lan: '192.0.2.0/24',
  router: '192.0.2.1',
  broadcast: '192.0.2.255',
  hosts: ['192.0.2.11', '192.0.2.12'],
  elsewhere: '198.51.100.11',
  /** A second network, and machines of it. */
  other: '198.51.100.0/24',
  others: ['198.51.100.11', '198.51.100.12'],
  host6: '2001:db8::11',
  pool6: '2001:db8::/120',
  /** In somebody's home. */
  home: '192.168.1.5',
  /** Public ones that are no cluster's: three of the root servers of DNS. Source: IANA root hints. */
  wide: ['198.41.0.4', '193.0.14.129', '202.12.27.33'],
} as const;

/** WireGuard public keys whose private halves were thrown away. */
export const THROWAWAY_KEYS = [
  'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=',
  'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=',
] as const;
