/** The process around a command, so that a test can stand in for it. */
export interface Host {
  readonly cwd: string;
  /** Specs written in TypeScript, by absolute path: the launcher compiled them, calling one evaluates it. */
  readonly specs: ReadonlyMap<string, SpecModule>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A spec written in TypeScript. Calling it evaluates it and gives its exports. */
export interface SpecModule {
  (): unknown;
  /** Why it could not be compiled; calling it gives nothing then. */
  readonly faults?: readonly { readonly message: string; readonly where?: string; readonly fix?: string }[];
}

export interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Exit codes: all is well; the user's input is at fault; Wayleave is at fault. */
export const OK = 0;
export const USER_ERROR = 1;
export const OUR_FAULT = 2;

/** Colours only where a person reads, and has not said otherwise (no-color.org). */
export function coloured(stream: Stream, env: Host['env']): boolean {
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '';
}

/** The user's mistake, in words for the user. */
export class UsageError extends Error {}
