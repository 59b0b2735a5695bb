/** Whether a certificate's name holds for a host: a wildcard stands for one label, no more and no fewer. Source: RFC 9525, 6.3. */
export function covers(name: string, host: string): boolean {
  if (!name.startsWith('*.')) return name === host;
  return host.includes('.') && host.slice(host.indexOf('.') + 1) === name.slice(2) && !host.startsWith('*.')
    ? true
    : name === host;
}
