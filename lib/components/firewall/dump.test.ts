import { planOf } from '../../../test/support/plan';
import spec from '../../../clusters/honeydue';
import { policyOf } from './policy';
import { nftablesFiles } from './nftables';
import { ufwFiles } from './ufw';
import { writeFileSync } from 'node:fs';
test('x', () => {
  const plan = planOf(spec);
  for (const f of [...nftablesFiles(policyOf(plan, 'hetzner1')), ...ufwFiles(policyOf(plan, 'hetzner1'))]) writeFileSync('/tmp/fw/' + f.path.replaceAll('/', '_'), f.content);
});
