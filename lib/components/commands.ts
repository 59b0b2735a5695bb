/** Commands by which an operator sees what a component does in a cluster that runs, a line each. */
export interface Commands {
  /** Which node has which of the pods' addresses. */
  readonly podRanges?: readonly string[];
  /** On a node: how Services are routed. */
  readonly services?: readonly string[];
  /** What the host firewall lets in. */
  readonly firewall?: readonly string[];
}
