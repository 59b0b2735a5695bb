import { selectNodes } from '../../plan/nodes';
import type { Plan } from '../../plan/plan';
import type { Finding } from '../../spec/finding';
import { runsK3s } from '../../spec/orchestrator';
import { listed, warns } from '../found';

/** An even number of etcd's members: the last of them adds a machine that may fail, and no failure that is survived. */
export function etcdMembers({ spec }: Plan): Finding[] {
  const servers = selectNodes(spec, 'servers');
  const members = servers.length;
  if (!runsK3s(spec) || spec.k3s.datastore !== 'etcd' || members % 2 === 1 || members === 0) return [];
  const majority = members / 2 + 1;
  const survives = members - majority;
  return [
    warns('ETCD_EVEN', {
      at: servers.map((name) => ['nodes', name, 'role']),
      message: `etcd has ${members} members, ${listed(servers)}, and needs ${members} / 2 + 1 = ${majority} of them: it survives the loss of ${survives === 0 ? 'none' : survives}, as ${members - 1} would too`,
      fix: `${members + 1} servers, of which ${survives + 1} may fail, or ${members - 1}`,
    }),
  ];
}
