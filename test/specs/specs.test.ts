import honeydue from '../../clusters/honeydue';
import { parseCluster } from '../../lib/spec/parse';
import eddisonso from '../../clusters/eddisonso';
import homelab from '../../clusters/homelab';
import jigga from '../../clusters/jigga';
import nimbus from '../../clusters/nimbus';
import nimbusSwarm from '../../clusters/nimbus-swarm';

const networks = { honeydue, homelab, jigga, nimbus, nimbusSwarm, eddisonso };

test.each(Object.entries(networks))('the schema expresses %s without a finding', (_, spec) => {
  const { findings, value } = parseCluster(spec);
  expect(findings).toEqual([]);
  expect(value?.name).toBe(spec.name);
});
