import type { HostFile } from '../plan/host-needs';

/** The first line of every file of a machine. @param where it is for: a cluster, or one of its nodes; absent: the same for all */
export function writtenFor(where?: string): string {
  return `# Written by Wayleave${where === undefined ? '' : ` for ${where}`}. Change the spec, not this file.`;
}

/** A file of a machine whose comments begin with `#`. */
export function hostFile(path: string, lines: readonly string[], where?: string): HostFile {
  return { path, content: [writtenFor(where)].concat(lines, '').join('\n') };
}
