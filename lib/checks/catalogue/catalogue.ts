import type { FindingCode } from '../../spec/finding';
import { ADDRESS_ENTRIES } from './addresses';
import { COMPONENT_ENTRIES } from './components';
import type { Entry } from './entry';
import { EXPOSURE_ENTRIES } from './exposure';
import { FLOW_ENTRIES } from './flows';
import { K3S_ENTRIES } from './k3s';
import { MANIFEST_ENTRIES } from './manifests';
import { NAME_ENTRIES } from './names';
import { NETWORK_ENTRIES } from './network';
import { OUTPUT_ENTRIES } from './output';
import { PATH_ENTRIES } from './paths';
import { SPEC_ENTRIES } from './spec';
import { UPGRADE_ENTRIES } from './upgrades';

/** Everything that Wayleave can say, each with an example that makes it say so. */
export const CATALOGUE: Readonly<Record<FindingCode, Entry>> = {
  ...ADDRESS_ENTRIES,
  ...COMPONENT_ENTRIES,
  ...EXPOSURE_ENTRIES,
  ...FLOW_ENTRIES,
  ...K3S_ENTRIES,
  ...MANIFEST_ENTRIES,
  ...NAME_ENTRIES,
  ...NETWORK_ENTRIES,
  ...OUTPUT_ENTRIES,
  ...PATH_ENTRIES,
  ...SPEC_ENTRIES,
  ...UPGRADE_ENTRIES,
};
