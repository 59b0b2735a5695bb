import type { FindingCode } from '../../spec/finding';
import { COMPONENT_ENTRIES } from './components';
import type { Entry } from './entry';
import { MANIFEST_ENTRIES } from './manifests';
import { NETWORK_ENTRIES } from './network';
import { OUTPUT_ENTRIES } from './output';
import { SPEC_ENTRIES } from './spec';

/** Everything that Wayleave can say, each with an example that makes it say so. */
export const CATALOGUE: Readonly<Record<FindingCode, Entry>> = {
  ...COMPONENT_ENTRIES,
  ...MANIFEST_ENTRIES,
  ...NETWORK_ENTRIES,
  ...OUTPUT_ENTRIES,
  ...SPEC_ENTRIES,
};
