import type { BalancedSpec } from '../../plan/balanced-service';
import type { Placement } from '../placement';

/** Values that both charts take at the same keys. Types and no interfaces, so that they are plain data to the YAML writer. */
export type CommonValues = Placement & {
  readonly deployment: {
    readonly kind: 'DaemonSet' | 'Deployment';
    readonly replicas?: number;
    readonly dnsPolicy?: 'ClusterFirstWithHostNet';
  };
  readonly hostNetwork?: true;
  readonly updateStrategy?: {
    readonly type: 'RollingUpdate';
    readonly rollingUpdate: { readonly maxUnavailable: number; readonly maxSurge: number };
  };
  readonly ports: Readonly<Record<string, TraefikPort>>;
  readonly providers?: {
    readonly kubernetesIngress: {
      readonly publishedService: { readonly enabled: boolean };
      readonly ingressEndpoint?: { readonly ip: string };
    };
  };
  readonly additionalArguments?: readonly string[];
  readonly global: { readonly checkNewVersion: boolean };
  readonly podSecurityContext: {
    readonly runAsUser: number;
    readonly runAsGroup: number;
    readonly runAsNonRoot: true;
    readonly seccompProfile: { readonly type: 'RuntimeDefault' };
  };
  readonly securityContext: {
    readonly allowPrivilegeEscalation: false;
    readonly capabilities: { readonly drop: readonly string[] };
    readonly readOnlyRootFilesystem: true;
  };
};

type Annotated = { readonly annotations?: Readonly<Record<string, string>> };

/** Chart 39: the Service's type stands beside its specification. */
export type BundledValues = CommonValues & {
  readonly service:
    | { readonly enabled: false }
    | { readonly type: 'ClusterIP' }
    | (Annotated & { readonly type: 'LoadBalancer'; readonly spec: BalancedSpec });
};

/** Chart 41: it stands within. */
export type OwnValues = CommonValues & {
  readonly service:
    | { readonly enabled: false }
    | { readonly spec: { readonly type: 'ClusterIP' } }
    | (Annotated & { readonly spec: BalancedSpec & { readonly type: 'LoadBalancer' } });
};

export type TraefikPort = {
  readonly port?: number;
  readonly exposedPort?: number;
  readonly expose: { readonly default: boolean };
  readonly asDefault?: true;
  readonly http?: {
    readonly tls: { readonly enabled: boolean };
    readonly redirections?: {
      readonly entryPoint: { readonly to: string; readonly scheme: 'http' | 'https'; readonly permanent: true };
    };
  };
  readonly forwardedHeaders?: { readonly trustedIPs: readonly string[] };
};
