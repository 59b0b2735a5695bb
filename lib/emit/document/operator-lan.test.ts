import homelab from '../../../clusters/homelab';
import jigga from '../../../clusters/jigga';
import { documentOf, part } from '../../../test/support/document';
import { codesOf } from '../../../test/support/plan';

const lab = documentOf(homelab);
const vms = documentOf(jigga);

test('a chart of Traefik’s own is Argo CD’s alone, without an object of K3s’s', () => {
  expect(part(lab, 'Start-up')).toMatch(/\| ingress-routing: traefik \| Traefik \| Argo CD, wave \d \|/);
  expect(part(vms, 'Start-up')).toMatch(
    /\| ingress-routing: traefik \| Traefik \| K3s, from `bootstrap\/`; then Argo CD/,
  );
});

test('operators use the API’s address, and K3s starts without it', () => {
  expect(part(lab, 'Start-up')).toMatch(/\| api-address \| kube-vip \| [^|]+ \| operators and nodes that join \|/);
  expect(part(lab, 'Start-up')).not.toMatch(/part_kube_2d_vip -->.* part_k3s$/m);
  expect(part(lab, 'Start-up')).toContain('part_k3s -->|"control-plane"| part_kube_2d_vip');
  const unannounced = homelab.loadBalancers.map(({ controlPlane: _, ...balancer }) => balancer);
  expect(codesOf({ ...homelab, loadBalancers: unannounced })).toContain('CAPABILITY_MISSING');
});

test('each LoadBalancer Service has a row, and so have those that charts make', () => {
  const services = part(lab, 'Which there are');
  expect(services).toContain(
    '| `traefik/traefik` | assigned at run time; and `192.168.1.231` | `80 → 8000`, `443 → 8443` |',
  );
  expect(services).toContain(
    '| `traefik/traefik-vip239` | assigned at run time; and `192.168.1.239` | `80 → 8010`, `443 → 8444` |',
  );
  expect(services).toContain('| `kube-system/hubble-peer` | assigned at run time | `443 → 4244` |');
  expect(services).toContain('| `argocd/argocd-server` | assigned at run time | `80 → 8080`, `443 → 8080` |');
  expect(part(vms, 'Which there are')).toContain('`metallb-system/metallb-webhook-service`');
  expect(part(vms, 'Which there are')).not.toContain('`metallb-system/metallb-controller`');
});

test('with Cilium’s host firewall pods call other nodes by the tunnel, as themselves, and encryption is not promised', () => {
  const map = part(lab, 'IP interaction map');
  expect(map).toContain(
    'kube-system/coredns | every server | inside the node or pod network, under the pod’s own address',
  );
  expect(map).not.toContain('under the node’s address');
  expect(part(lab, 'What is encrypted between nodes')).toContain('Cilium promises nothing of it');
  const bare = documentOf({ ...homelab, cni: { ...homelab.cni, hostFirewall: false } });
  expect(part(bare, 'IP interaction map')).toContain('inside the node or `lan`, under the node’s address');
});

test('a tunnel inside WireGuard is looked for where it can be seen', () => {
  const commands = part(lab, 'Commands');
  expect(commands).toContain('tcpdump -ni vmbr0 udp port 51871');
  expect(commands).toContain('tcpdump -ni cilium_wg0 udp port 6081');
  expect(commands).not.toContain('tcpdump -ni vmbr0 udp port 6081');
  expect(part(lab, 'A node, or the network')).toContain('closes `51871/udp` between');
  expect(part(vms, 'Commands')).toContain('tcpdump -ni eth1 udp port 8472');
});

test('the machines’ picture shows virtual addresses, the router, other machines and the tailnet’s way in', () => {
  const picture = part(lab, 'Machines and networks');
  expect(picture).toContain('"192.168.1.230<br/>Kubernetes API"');
  expect(picture).toContain('-.-|"announced by kube-vip"| net_lan');
  expect(picture).toContain('router_lan["router<br/>192.168.1.1"]');
  expect(picture).not.toContain('lan<br/>lan');
  const other = part(vms, 'Machines and networks');
  expect(other).toContain('["pve-alpha<br/>Proxmox host of ichigo"]');
  expect(other).toContain('net_tailnet --- pod_tailscale_2f_k3s_2d_router');
  expect(other).toContain('pod_tailscale_2f_k3s_2d_router --> vip_192_2e_168_2e_7_2e_231');
});

test('who calls whom is drawn without apps, too, and by the tailnet', () => {
  expect(part(lab, 'Who calls whom')).toMatch(/out_lan -->.* pod_traefik_2f_traefik/);
  expect(part(vms, 'Who calls whom')).toMatch(/k3s_2d_router -->.* pod_kube_2d_system_2f_traefik/);
});

test('the gateway of a software-defined network is nobody’s machine', () => {
  expect(part(vms, 'On `sdn`')).toContain('| `10.0.0.1` | SDN | virtual gateway |');
  expect(part(vms, 'On `lan`')).toContain('| `192.168.7.1` | router | gateway |');
});

test('that plain calls of a host with TLS get 404 is said, unless they are sent on', () => {
  expect(part(lab, 'How a request gets in')).toContain('its callers get 404');
  const ingress = jigga.ingress.map((one) => ({ ...one, redirects: { web: 'websecure' } }));
  const redirected = { ...jigga, ingress };
  expect(documentOf(redirected)).not.toContain('its callers get 404');
});
