import fc from 'fast-check';
import { connections } from '../../lib/reach/connections';
import { connlist } from '../../lib/reach/connlist';
import { FORMATS } from '../../lib/reach/formats/formats';
import { Reach } from '../../lib/reach/reach';
import { readWorld } from '../../lib/reach/world';
import { answers, endsOf } from './answers';
import { ciliumEgressRule, ciliumIngressRule, ciliumPolicies } from './cilium-policies';
import { egressRule, ingressRule, networkPolicies } from './network-policies';
import { filesOf, namespaces, pods, type Thing } from './small-world';

const OUTSIDE = ['198.51.100.1', '198.51.100.200', '203.0.113.1'];

function passing(all: readonly Thing[], policies: readonly Thing[], engine: 'k3s' | 'cilium'): Set<string> {
  return new Set(answers([...namespaces, ...all, ...policies], endsOf(all, OUTSIDE), { engine }));
}

/** A policy with one more rule at the end of a section that it has. */
function withRule(policy: Thing, section: string, rule: unknown): Thing {
  const spec = policy.spec as Record<string, unknown>;
  return { ...policy, spec: { ...spec, [section]: [...(spec[section] as unknown[]), rule] } };
}

function has(policy: Thing, section: string): boolean {
  const rules = (policy.spec as Record<string, unknown>)[section];
  return Array.isArray(rules) && rules.length > 0;
}

function expectWithin(few: ReadonlySet<string>, many: ReadonlySet<string>): void {
  expect([...few].filter((each) => !many.has(each))).toEqual([]);
}

/** A rule more in a section that has one already isolates nobody anew. */
test.each(['ingress', 'egress'])('a rule more in the %s of a NetworkPolicy never denies', (section) => {
  fc.assert(
    fc.property(pods, networkPolicies, section === 'ingress' ? ingressRule : egressRule, (all, policies, rule) => {
      const grown = policies.map((policy) => (has(policy, section) ? withRule(policy, section, rule) : policy));
      expectWithin(passing(all, policies, 'k3s'), passing(all, grown, 'k3s'));
    }),
    { numRuns: 70 },
  );
});

test('NetworkPolicies only take away from what is open without them', () => {
  fc.assert(
    fc.property(pods, networkPolicies, (all, policies) =>
      expectWithin(passing(all, policies, 'k3s'), passing(all, [], 'k3s')),
    ),
    { numRuns: 60 },
  );
});

test.each(['ingress', 'egress'])('Cilium: a rule more in %s never denies, a deny more never allows', (section) => {
  fc.assert(
    fc.property(
      pods,
      ciliumPolicies,
      section === 'ingress' ? ciliumIngressRule : ciliumEgressRule,
      (all, policies, rule) => {
        const before = passing(all, policies, 'cilium');
        const allowing = policies.map((policy) => (has(policy, section) ? withRule(policy, section, rule) : policy));
        expectWithin(before, passing(all, allowing, 'cilium'));
        const denying = policies.map((policy) =>
          has(policy, `${section}Deny`) ? withRule(policy, `${section}Deny`, rule) : policy,
        );
        expectWithin(passing(all, denying, 'cilium'), before);
      },
    ),
    { numRuns: 80 },
  );
});

test('the order of files changes nothing that is printed', () => {
  const shuffled = fc.tuple(pods, networkPolicies, ciliumPolicies).chain((parts) => {
    const things = [...namespaces, ...parts.flat()];
    return fc.tuple(fc.constant(things), fc.shuffledSubarray(things, { minLength: things.length }));
  });
  const printed = (things: readonly Thing[]) => {
    const { world } = readWorld(filesOf(things));
    const listed = connections(new Reach(world));
    return [connlist(world), ...Object.values(FORMATS).map((format) => format(listed))];
  };
  fc.assert(
    fc.property(shuffled, ([things, other]) => expect(printed(other)).toEqual(printed(things))),
    { numRuns: 70 },
  );
});
