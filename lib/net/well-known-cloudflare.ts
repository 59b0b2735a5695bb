import { AddressSet } from './address-set';
import { AddressError } from './error';
import { Prefix } from './prefix';

/**
 * The day on which the lists below were last seen to be the published ones. They were compared with public copies of
 * www.cloudflare.com/ips-v4 and /ips-v6 that give the day of their own download, the latest 2026-10-05, and not with
 * the pages themselves: `comparePublished` does that.
 */
export const CLOUDFLARE_RANGES_AS_OF = '2026-10-05';

/** From where Cloudflare's proxies call an origin over IPv4. Source: https://www.cloudflare.com/ips-v4 */
export const CLOUDFLARE_IPV4: readonly Prefix[] = [
  '103.21.244.0/22',
  '103.22.200.0/22',
  '103.31.4.0/22',
  '104.16.0.0/13',
  '104.24.0.0/14',
  '108.162.192.0/18',
  '131.0.72.0/22',
  '141.101.64.0/18',
  '162.158.0.0/15',
  '172.64.0.0/13',
  '173.245.48.0/20',
  '188.114.96.0/20',
  '190.93.240.0/20',
  '197.234.240.0/22',
  '198.41.128.0/17',
].map((text) => Prefix.parse(text));

/** From where Cloudflare's proxies call an origin over IPv6. Source: https://www.cloudflare.com/ips-v6 */
export const CLOUDFLARE_IPV6: readonly Prefix[] = [
  '2400:cb00::/32',
  '2405:8100::/32',
  '2405:b500::/32',
  '2606:4700::/32',
  '2803:f800::/32',
  '2a06:98c0::/29',
  '2c0f:f248::/32',
].map((text) => Prefix.parse(text));

/** Both families. */
export const CLOUDFLARE_RANGES = AddressSet.of(...CLOUDFLARE_IPV4, ...CLOUDFLARE_IPV6);

/** How the ranges here differ from the published ones. */
export interface PublishedDifference {
  /** Published, but not known here: visitors through them are shut out. */
  readonly missing: AddressSet;
  /** Known here, but no longer published: strangers may own them. */
  readonly extra: AddressSet;
}

/**
 * Compares a published list, one prefix a line, with the ranges here. Blank lines and `#` comments are passed over.
 * Cloudflare publishes a list for each family, so only the families that the text holds are compared.
 * @throws AddressError for a line that is not a prefix, or a text without any
 */
export function comparePublished(text: string): PublishedDifference {
  const published = AddressSet.of(...parseLines(text));
  if (published.isEmpty) throw new AddressError(text, 'holds no prefix');
  const known = AddressSet.of(...published.families().map((family) => CLOUDFLARE_RANGES.family(family)));
  return { missing: published.difference(known), extra: known.difference(published) };
}

function parseLines(text: string): Prefix[] {
  return text.split('\n').flatMap((line, index) => {
    const entry = line.replace(/#.*/, '').trim();
    if (entry === '') return [];
    try {
      return [Prefix.parse(entry)];
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      throw new AddressError(entry, `on line ${index + 1} ${error.problem}`, error.suggestion);
    }
  });
}
