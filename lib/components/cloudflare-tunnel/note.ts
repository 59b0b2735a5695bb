import type { Note } from '../../plan/declares';
import { tunnelTarget } from '../../plan/tunnel';
import type { Cluster } from '../../spec/cluster';
import { code, table } from '../../text/markdown';
import { CREDENTIALS_KEY, NAME, placed, type Placed } from './place';
import { rulesOf } from './rules';

/** What comes in by a tunnel, and how it is made, for the document. */
export function tunnelNotes(spec: Cluster): Note[] {
  return placed(spec).flatMap((one) => [rules(one, spec), operation(one)]);
}

function rules({ tunnel }: Placed, spec: Cluster): Note {
  const rows = rulesOf(tunnel, spec).map(({ hostname, path, service }) => [
    hostname === undefined ? 'any other' : code(hostname),
    path === undefined ? 'any' : code(path),
    code(service),
  ]);
  return {
    section: 'ingress',
    title: `Tunnel ${tunnel.name}`,
    text: [
      `${tunnel.replicas === 1 ? 'Its pod calls Cloudflare and holds' : `Its ${tunnel.replicas} pods, on different nodes, call Cloudflare and hold`} connections open, in which requests come back: no port is open for them, neither on the nodes nor on the router. The first rule that fits decides:`,
      '',
      table(['Host', 'Path', 'Service'], rows),
    ].join('\n'),
  };
}

function operation({ tunnel }: Placed): Note {
  const { name, namespace, credentialsSecret } = tunnel;
  const kubectl = `kubectl -n ${namespace}`;
  return {
    section: 'operations',
    title: `The tunnel ${name}`,
    text: [
      `${code('cloudflared tunnel create NAME')} makes the tunnel and its credentials file; its id goes into the spec (${code(tunnel.tunnelId)} now), and the file into the Secret: ${code(`${kubectl} create secret generic ${credentialsSecret} --from-file=${CREDENTIALS_KEY}=FILE`)}.`,
      `Each host needs a proxied CNAME of ${code(tunnelTarget(tunnel))}; the chapter on DNS lists them.`,
      `Logs: ${code(`${kubectl} logs -l app.kubernetes.io/name=${NAME} --tail=20`)}. Restart: ${code(`${kubectl} rollout restart deployment/${NAME}`)}.`,
      `A host that answers 404 has no rule here; error 1033 means that no pod is connected, 502 that the app’s Service does not answer.`,
    ].join('\n'),
  };
}
