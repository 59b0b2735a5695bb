import type { SpecPath } from '../spec/finding';

/** What public DNS holds for one name and type. */
export interface PublicRecord {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME';
  /** Addresses, or the one name a CNAME leads to. None: the address is assigned at run time. */
  readonly values: readonly string[];
  /** Whether clients meet the provider's proxy and not these values. */
  readonly proxied: boolean;
  /** The zone of the spec that holds it, the nearest one. Absent: none does. */
  readonly zone?: string;
  readonly why: string;
  readonly source: SpecPath;
}
