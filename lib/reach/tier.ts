/** A tier of Calico's policies. */
export interface Tier {
  readonly order: number;
  /** What becomes of traffic that policies of the tier are for and do not decide. */
  readonly end: 'deny' | 'next';
}

/** Tiers by their names. */
export type Tiers = ReadonlyMap<string, Tier>;
