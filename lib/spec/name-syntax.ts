/** Names of hosts, ports and paths: what they must look like, and what people mean who write them otherwise. */

export const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
export const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
export const HOST = /^([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
export const HOST_PATTERN = new RegExp(HOST.source.replace('^', '^(\\*\\.)?'));
export const DOMAIN =
  /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*(?!\d+$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
export const PATH = /^(?!.*\/\.{1,2}(\/|$))(\/[A-Za-z0-9._@+-]+)+$/;

export function mendLabel(text: string): string | undefined {
  const mended = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63)
    .replace(/-$/, '');
  return LABEL.test(mended) ? mended : undefined;
}

export function mendPortName(text: string): string | undefined {
  return [text.toLowerCase(), `p${text}`].find((one) => PORT_NAME.test(one));
}

/** Of what people write for a host name: a web address, capitals, a final dot. */
export function mendHost(text: string): string | undefined {
  const mended = bareName(text).replace(/\.$/, '');
  return HOST.test(mended.replace(/^\*\./, '')) ? mended : undefined;
}

export function mendDomain(text: string): string | undefined {
  const mended = bareName(text).replace(/^\.|\.$/g, '');
  return DOMAIN.test(mended) ? mended : undefined;
}

/** Without scheme, port and path. */
function bareName(text: string): string {
  return text
    .toLowerCase()
    .trim()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/:].*$/, '');
}

export function mendPath(text: string): string | undefined {
  const mended = text.trim().replace(/\/+/g, '/').replace(/\/$/, '');
  return PATH.test(mended) ? mended : undefined;
}
