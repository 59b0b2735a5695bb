import type { Chart } from 'cdk8s';
import {
  IntOrString,
  KubeDeployment,
  KubePodDisruptionBudget,
  type Container,
  type PodSpec,
  type Probe,
  type Volume,
  type VolumeMount,
} from '../../../imports/k8s';
import { certificateSecret } from '../../plan/certificate-secret';
import type { Cluster } from '../../spec/cluster';
import { sortedEntries } from '../../text/compare';
import { placement } from '../placement';
import { addObject } from '../plain-object';
import type { GatewayOptions } from './options';
import { nodesOf, podLabels } from './place';
import { routesKey, routesName } from './routes';
import { gatewayPorts, probedPorts } from './service';

/** @param checksum of the routes, which a gateway may read once: others make new pods */
export function addDeployment(chart: Chart, gateway: GatewayOptions, spec: Cluster, checksum: string): void {
  const { name, namespace, replicas } = gateway;
  const labels = podLabels(gateway);
  addObject(KubeDeployment, chart, `deployment-${name}`, {
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      // The old pod answers until the new one does: ports of pods are their own, and `Local` never finds none.
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: IntOrString.fromNumber(0), maxSurge: IntOrString.fromNumber(1) },
      },
      template: {
        metadata: { labels, annotations: { 'checksum/routes': checksum } },
        spec: podOf(gateway, spec),
      },
    },
  });
  if (replicas < 2) return;
  addObject(KubePodDisruptionBudget, chart, `disruption-${name}`, {
    metadata: { name, namespace, labels },
    spec: { maxUnavailable: IntOrString.fromNumber(1), selector: { matchLabels: labels } },
  });
}

function podOf(gateway: GatewayOptions, spec: Cluster): PodSpec {
  const { replicas, runAsUser, watches, name } = gateway;
  return {
    ...placement(nodesOf(gateway, spec), spec),
    ...(watches.length === 0 ? {} : { serviceAccountName: name }),
    automountServiceAccountToken: watches.length > 0,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser,
      runAsGroup: runAsUser,
      // So that the user may read the certificate's key.
      fsGroup: runAsUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(replicas < 2
      ? {}
      : {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: podLabels(gateway) },
            },
          ],
        }),
    containers: [containerOf(gateway, spec)],
    volumes: volumesOf(gateway, spec).map(({ volume }) => volume),
  };
}

function containerOf(gateway: GatewayOptions, spec: Cluster): Container {
  const env = [
    ...sortedEntries(gateway.environment).map(([variable, value]) => ({ name: variable, value })),
    ...sortedEntries(gateway.secretEnvironment).map(([variable, secretKeyRef]) => ({
      name: variable,
      valueFrom: { secretKeyRef },
    })),
  ];
  return {
    name: gateway.name,
    image: gateway.image,
    ...(gateway.args.length === 0 ? {} : { args: gateway.args }),
    ...(env.length === 0 ? {} : { env }),
    ports: containerPorts(gateway),
    ...probes(gateway),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: volumesOf(gateway, spec).map(({ mount }) => mount),
  };
}

/** Single ports by their names. The list opens and closes nothing, so that a range is not written out in it. */
function containerPorts(gateway: GatewayOptions): NonNullable<Container['ports']> {
  const named = new Map(
    gatewayPorts(gateway)
      .filter(({ container }) => container.count === 1)
      .map(({ name, container, protocol }) => [
        `${container.first}/${protocol}`,
        { name, containerPort: container.first, protocol: protocol.toUpperCase() },
      ]),
  );
  const health = gateway.health;
  return [
    ...named.values(),
    ...(health === undefined || named.has(`${health.port}/tcp`)
      ? []
      : [{ name: 'probes', containerPort: health.port, protocol: 'TCP' }]),
  ];
}

function probes(gateway: GatewayOptions): { livenessProbe?: Probe; readinessProbe?: Probe } {
  const often = { periodSeconds: 10, failureThreshold: 3 };
  if (gateway.health !== undefined) {
    const { port, livePath, readyPath } = gateway.health;
    const get = (path: string) => ({ httpGet: { path, port: IntOrString.fromNumber(port) }, ...often });
    return { livenessProbe: get(livePath), readinessProbe: get(readyPath) };
  }
  const [port] = probedPorts(gateway);
  if (port === undefined) return {};
  const connect = { tcpSocket: { port: IntOrString.fromNumber(port) }, ...often };
  return { livenessProbe: connect, readinessProbe: connect };
}

function volumesOf(gateway: GatewayOptions, spec: Cluster): { volume: Volume; mount: VolumeMount }[] {
  const { certificate, routesFile, certificateFolder } = gateway;
  const secretName = certificate === undefined ? undefined : certificateSecret(spec.certificates, certificate);
  return [
    {
      volume: { name: 'routes', configMap: { name: routesName(gateway) } },
      // One file and not its folder, which may hold others of the image's.
      mount: { name: 'routes', mountPath: routesFile, subPath: routesKey(gateway), readOnly: true },
    },
    ...(secretName === undefined
      ? []
      : [
          {
            volume: { name: 'certificate', secret: { secretName, defaultMode: READABLE_BY_GROUP } },
            mount: { name: 'certificate', mountPath: certificateFolder, readOnly: true },
          },
        ]),
  ];
}

const READABLE_BY_GROUP = 0o440;
