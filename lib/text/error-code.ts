/** Node's code of an error of the system, such as ENOENT; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
