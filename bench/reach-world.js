'use strict';

/**
 * A tree of manifests: five workloads a namespace, each with two policies but for one, and one policy that closes the
 * namespace: twice as many policies as workloads. They name peers by pods, by namespaces and by addresses, and ports by
 * number, name and range.
 */
function worldOf(workloads) {
  return Array.from({ length: workloads / 5 }, (_, n) => ({ name: `ns-${n}.yaml`, text: namespaceOf(n) }));
}

function namespaceOf(n) {
  const parts = [
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ns-${n}\n  labels:\n    team: team-${n % 10}\n`,
    policy(n, 'default-deny', '  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n'),
  ];
  for (let w = 0; w < 5; w++) {
    parts.push(deployment(n, w));
    for (let p = 0; p < (w < 4 ? 2 : 1); p++) parts.push(policy(n, `app-${w}-${p}`, rules(n, w, p)));
  }
  return parts.join('---\n');
}

function deployment(n, w) {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${w}
  namespace: ns-${n}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: app-${w}
  template:
    metadata:
      labels:
        app: app-${w}
        tier: tier-${w % 3}
    spec:
      containers:
        - name: main
          image: example/app:1.0
          ports:
            - name: http
              containerPort: ${8000 + w}
`;
}

function policy(n, name, spec) {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: ns-${n}
spec:
${spec}`;
}

function rules(n, w, p) {
  return `  podSelector:
    matchLabels:
      app: app-${w}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: app-${(w + 1 + p) % 5}
        - namespaceSelector:
            matchLabels:
              team: team-${(n + p) % 10}
          podSelector:
            matchLabels:
              tier: tier-${(w + p) % 3}
      ports:
        - port: http
        - port: ${9000 + p}
          endPort: ${9010 + p}
  egress:
    - to:
        - namespaceSelector: {}
      ports:
        - port: http
    - to:
        - namespaceSelector: {}
          podSelector:
            matchLabels:
              app: app-0
      ports:
        - port: 53
          protocol: UDP
    - to:
        - ipBlock:
            cidr: 203.0.${(n * 5 + w) % 113}.0/24
      ports:
        - port: 443
`;
}

module.exports = { worldOf };
