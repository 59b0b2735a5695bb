import { readCalicoSelector } from './calico-selector';
import type { Field } from './field';
import { allOf, EVERY, type LabelTest } from './labels';
import { accountKey, inNamespace, NAMESPACE, namespaceKey, ORCHESTRATOR, SERVICE_ACCOUNT } from './pod-labels';
import { isIn } from './selector';

/** Labels that Calico gives itself. Source: Calico docs, automatic labels. */
function endpointKey(key: string): string {
  if (key === 'projectcalico.org/namespace') return NAMESPACE;
  if (key === 'projectcalico.org/serviceaccount') return SERVICE_ACCOUNT;
  if (key === 'projectcalico.org/orchestrator') return ORCHESTRATOR;
  if (key.startsWith('pcns.')) return namespaceKey(key.slice('pcns.'.length));
  return key.startsWith('pcsa.') ? accountKey(key.slice('pcsa.'.length)) : key;
}

/** Endpoints by their own labels. */
export function readEndpoints(field: Field): LabelTest {
  return readCalicoSelector(field, { keyOf: endpointKey, all: EVERY });
}

/** Endpoints by the labels of their namespace; `global()` finds those that have none. */
export function readNamespaces(field: Field): LabelTest {
  if (!field.isGiven) return EVERY;
  return readCalicoSelector(field, {
    keyOf: (key) => (key === 'projectcalico.org/name' ? NAMESPACE : namespaceKey(key)),
    all: IN_NAMESPACE,
  });
}

/** Endpoints by the labels of their service account. */
export function readAccounts(field: Field): LabelTest {
  return field.isGiven
    ? readCalicoSelector(field, {
        keyOf: (key) => (key === 'projectcalico.org/name' ? SERVICE_ACCOUNT : accountKey(key)),
        all: IN_NAMESPACE,
      })
    : EVERY;
}

const IN_NAMESPACE: LabelTest = {
  key: `has(${NAMESPACE})`,
  looksAt: [NAMESPACE],
  matches: (labels) => Object.hasOwn(labels, NAMESPACE),
};

/** What selector, namespaceSelector and serviceAccounts of one side of a rule ask together; nothing if none is given. */
export function readEntityTest(entity: Field, namespace: string | undefined): LabelTest | undefined {
  const [selector, namespaces, accounts] = [
    entity.get('selector'),
    entity.get('namespaceSelector'),
    entity.get('serviceAccounts'),
  ];
  const names = accounts.get('names').texts();
  const tests = [
    readEndpoints(selector),
    readNamespaces(namespaces),
    names.length > 0 ? isIn(SERVICE_ACCOUNT, names) : EVERY,
    readAccounts(accounts.get('selector')),
  ];
  if (!selector.isGiven && !namespaces.isGiven && !accounts.isGiven) return undefined;
  // In a namespaced policy a selector alone means the policy's own namespace.
  return namespace === undefined || namespaces.isGiven ? allOf(tests) : inNamespace(namespace, allOf(tests));
}
