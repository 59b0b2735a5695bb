/** What a component wants of a machine. The needs of all components are merged before anything is written. */
export interface HostNeeds {
  readonly sysctls?: readonly Sysctl[];
  readonly modules?: readonly KernelModule[];
  readonly packages?: readonly Package[];
  readonly files?: readonly HostFile[];
}

export interface Sysctl {
  /**
   * `net.ipv4.ip_forward`. May hold `*`; with `-` in front it may also match nothing, devices that are yet to come.
   * Source: sysctl.d(5), sysctl.conf(5).
   */
  readonly key: string;
  readonly value: string;
  readonly reason: string;
}

export interface KernelModule {
  readonly name: string;
  readonly reason: string;
}

/** A package by the name Debian and Ubuntu give it. */
export interface Package {
  readonly name: string;
  readonly reason: string;
}

export interface HostFile {
  /** Path on the machine: `/etc/rancher/k3s/config.yaml`. */
  readonly path: string;
  /** A file that begins with `#!` is written executable, so that its bytes alone say all of it. */
  readonly content: string;
}

/** A line of K3s's config file. Lists of several components are joined; single values must agree. */
export interface K3sFlag {
  /** K3s's own name, without dashes: `flannel-backend`. */
  readonly name: string;
  readonly value: string | boolean | readonly string[];
  readonly reason: string;
  readonly owner: string;
}
