import type { HostFile } from '../../plan/host-needs';
import { writtenFor } from '../host-file';
import type { Policy } from './policy';
import { beforeRules, PREROUTING } from './ufw-before-rules';
import { userRules } from './ufw-user-rules';

/** Everything of UFW that decides anything, whole. */
export function ufwFiles(policy: Policy): HostFile[] {
  const header = `${writtenFor(`${policy.cluster}/${policy.node}`)}\n`;
  return [
    { path: '/etc/default/ufw', content: `${header}${DEFAULTS}` },
    { path: '/etc/ufw/ufw.conf', content: `${header}${CONF}` },
    { path: '/etc/ufw/before.init', content: BEFORE_INIT },
    { path: '/etc/ufw/before.rules', content: beforeRules(policy, 4) },
    { path: '/etc/ufw/before6.rules', content: beforeRules(policy, 6) },
    { path: '/etc/ufw/user.rules', content: userRules(policy, 4) },
    { path: '/etc/ufw/user6.rules', content: userRules(policy, 6) },
  ];
}

const DEFAULTS = `IPV6=yes
DEFAULT_INPUT_POLICY="DROP"
DEFAULT_OUTPUT_POLICY="ACCEPT"
# What passes through the node is pods' and containers' traffic, which others decide: policies, and Docker.
DEFAULT_FORWARD_POLICY="ACCEPT"
DEFAULT_APPLICATION_POLICY="SKIP"
# Only UFW's own chains are ever emptied: kube-proxy, Flannel and Docker keep theirs.
MANAGE_BUILTINS=no
# None: UFW would set kernel parameters again at each start, after /etc/sysctl.d.
IPT_SYSCTL=
IPT_MODULES=""
`;

const CONF = `ENABLED=yes
LOGLEVEL=low
`;

/** before.rules can add the jump to its chain, but not add it once: what an earlier start left is taken out first. */
const BEFORE_INIT = `#!/bin/sh
${writtenFor()}
set -e

case "$1" in
start | stop)
    for program in iptables ip6tables; do
        while $program -t mangle -D PREROUTING -j ${PREROUTING} 2>/dev/null; do :; done
    done
    ;;
esac
`;
