import type { Family } from '../../net/address';
import { anywhere4, anywhere6 } from '../../net/well-known';
import { commentOf } from './comment';
import { printPorts, singles, type Single } from './iptables';
import type { Policy } from './policy';
import { inputRules, isUserRule } from './ufw-before-rules';

/** UFW sets no limit; a longer line is no help to whoever reads `ufw status`. */
const COMMENT_BYTES = 255;

/**
 * user.rules or user6.rules, byte for byte as UFW itself would write them, which it does whenever it is enabled.
 * Source: ufw 0.36.2, backend_iptables.py, _write_rules.
 */
export function userRules(policy: Policy, family: Family): string {
  const ufw = family === 4 ? 'ufw' : 'ufw6';
  const rules = inputRules(policy)
    .filter(isUserRule)
    .flatMap((rule) => singles(rule, family))
    .map((one) => `\n${tuple(one, family)}\n-A ${ufw}-user-input ${line(one)}\n`);
  return `${HEAD.replaceAll('%', ufw)}${rules.join('')}${TAIL.replaceAll('%', ufw)}`;
}

/** What `ufw status` reads. */
function tuple(one: Single, family: Family): string {
  const any = String(family === 4 ? anywhere4 : anywhere6);
  const { rule, device, source, destination } = one;
  const ports = rule.port === undefined ? 'any' : printPorts(rule.port);
  const comment = Buffer.from(commentOf(rule.reasons, COMMENT_BYTES)).toString('hex');
  return `### tuple ### allow ${rule.protocol} ${ports} ${destination ?? any} any ${source ?? any} in_${device} comment=${comment}`;
}

/** What iptables-restore loads. */
function line(one: Single): string {
  const { rule, device, source, destination } = one;
  const port = rule.port === undefined ? undefined : printPorts(rule.port);
  const many = port?.includes(':') === true;
  return [
    `-i ${device}`,
    ...(rule.protocol === 'any' ? [] : [`-p ${rule.protocol}`]),
    ...(many ? [`-m multiport --dports ${port}`] : []),
    ...(destination === undefined ? [] : [`-d ${destination}`]),
    ...(port === undefined || many ? [] : [`--dport ${port}`]),
    ...(source === undefined ? [] : [`-s ${source}`]),
    '-j ACCEPT',
  ].join(' ');
}

const CHAINS = [
  'user-input',
  'user-output',
  'user-forward',
  'before-logging-input',
  'before-logging-output',
  'before-logging-forward',
  'user-logging-input',
  'user-logging-output',
  'user-logging-forward',
  'after-logging-input',
  'after-logging-output',
  'after-logging-forward',
  'logging-deny',
  'logging-allow',
  'user-limit',
  'user-limit-accept',
];

const HEAD = ['*filter', ...CHAINS.map((chain) => `:%-${chain} - [0:0]`), '### RULES ###', ''].join('\n');

/** UFW's logging at level `low`, and its rate limit, which no rule of ours uses. */
const LIMIT = '-m limit --limit 3/min --limit-burst 10';
const TAIL = `
### END RULES ###

### LOGGING ###
-A %-after-logging-input -j LOG --log-prefix "[UFW BLOCK] " ${LIMIT}
-I %-logging-deny -m conntrack --ctstate INVALID -j RETURN ${LIMIT}
-A %-logging-deny -j LOG --log-prefix "[UFW BLOCK] " ${LIMIT}
-A %-logging-allow -j LOG --log-prefix "[UFW ALLOW] " ${LIMIT}
### END LOGGING ###

### RATE LIMITING ###
-A %-user-limit -m limit --limit 3/minute -j LOG --log-prefix "[UFW LIMIT BLOCK] "
-A %-user-limit -j REJECT
-A %-user-limit-accept -j ACCEPT
### END RATE LIMITING ###
COMMIT
`;
