/** Whether a certificate's name holds for a host: a wildcard stands for one label, no more and no fewer. Source: RFC 9525, 6.3. */
export function covers(name: string, host: string): boolean {
  return name === host || (host.includes('.') && name === `*${host.slice(host.indexOf('.'))}`);
}
