import { planOf } from '../../../test/support/plan';
import { smallSpec } from '../../../test/support/spec';
import { boardNotes } from './boards';

test('what K3s needs of a Raspberry Pi is said where a node may be one, before the step that needs it', () => {
  const board = { role: 'agent', arch: 'arm64', addresses: { lan: '192.168.50.21' } } as const;
  const { nodes } = smallSpec();
  const [note] = planOf(smallSpec({ nodes: { ...nodes, pi: board } })).notes.filter(
    ({ title }) => title === 'Raspberry Pis',
  );
  expect(note?.section).toBe('first-start');
  for (const word of ['`pi`', 'cgroup_enable=memory', 'linux-modules-extra-raspi']) expect(note?.text).toContain(word);
  expect(boardNotes(planOf(smallSpec()).spec)).toEqual([]);
});
