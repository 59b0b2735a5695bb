import type { Chart } from 'cdk8s';
import { IntOrString, KubeDeployment, KubePodDisruptionBudget, type PodSpec } from '../../../imports/k8s';
import type { CloudflareTunnel } from '../../plan/tunnel';
import { VERSIONS } from '../versions';
import { addObject } from '../plain-object';
import { CONFIG_FOLDER, CREDENTIALS_FOLDER, CREDENTIALS_KEY, NAME, podLabels } from './place';

/** The image's own user, `nonroot`. Source: cloudflared's Dockerfile, on Google's distroless base. */
const USER = 65532;

/** @param checksum of the configuration, which cloudflared reads once: another one makes new pods */
export function addDeployment(chart: Chart, tunnel: CloudflareTunnel, checksum: string): void {
  const { name, namespace, replicas } = tunnel;
  const matchLabels = podLabels(tunnel);
  addObject(KubeDeployment, chart, `deployment-${name}`, {
    metadata: { name: NAME, namespace, labels: matchLabels },
    spec: {
      replicas,
      selector: { matchLabels },
      template: {
        metadata: { labels: matchLabels, annotations: { 'checksum/config': checksum } },
        spec: podOf(tunnel),
      },
    },
  });
  if (replicas < 2) return;
  addObject(KubePodDisruptionBudget, chart, `disruption-${name}`, {
    metadata: { name: NAME, namespace, labels: matchLabels },
    spec: { maxUnavailable: IntOrString.fromNumber(1), selector: { matchLabels } },
  });
}

function podOf(tunnel: CloudflareTunnel): PodSpec {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // cloudflared lets requests that run finish for 30 seconds (its --grace-period).
    terminationGracePeriodSeconds: 45,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER,
      runAsGroup: USER,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        // Nodes that are away have no claim to a pod, nor have pods that an update is about to replace.
        nodeTaintsPolicy: 'Honor',
        matchLabelKeys: ['pod-template-hash'],
        labelSelector: { matchLabels: podLabels(tunnel) },
      },
    ],
    containers: [
      {
        name: NAME,
        image: `docker.io/cloudflare/cloudflared:${VERSIONS.cloudflared}`,
        args: ['tunnel', '--config', `${CONFIG_FOLDER}/config.yaml`, 'run'],
        ports: [{ name: 'metrics', containerPort: tunnel.metricsPort, protocol: 'TCP' }],
        // Ready means: connected to the edge. A pod that is not may connect again by itself, so that only a dead one is restarted.
        readinessProbe: {
          httpGet: { path: '/ready', port: IntOrString.fromString('metrics') },
          periodSeconds: 10,
          failureThreshold: 3,
        },
        livenessProbe: {
          tcpSocket: { port: IntOrString.fromString('metrics') },
          periodSeconds: 10,
          failureThreshold: 3,
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
        },
        volumeMounts: [
          { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
          { name: 'credentials', mountPath: CREDENTIALS_FOLDER, readOnly: true },
        ],
      },
    ],
    volumes: [
      { name: 'config', configMap: { name: NAME } },
      {
        name: 'credentials',
        secret: { secretName: tunnel.credentialsSecret, items: [{ key: CREDENTIALS_KEY, path: CREDENTIALS_KEY }] },
      },
    ],
  };
}
