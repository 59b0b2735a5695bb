import type { Place, Placed } from './placed';

/**
 * Findings as workflow commands of GitHub Actions, which shows them beside the lines they name.
 * Source: GitHub docs, workflow commands; actions/toolkit, packages/core, command.ts, for what is escaped.
 */
export function githubFormat(findings: readonly Placed[]): string {
  return findings.map(command).join('');
}

function command({ code, severity, message, fix, places: [first, ...others] }: Placed): string {
  const { file, line, column } = first ?? {};
  const properties = Object.entries({ file, line, col: column, title: code })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const lines = [
    ...(first?.path === undefined ? [] : [`${first.path}:`]),
    message,
    ...others.map((other) => `and ${printPlace(other)}`),
    ...(fix === undefined ? [] : [`fix: ${fix}`]),
  ];
  return `::${severity} ${properties.join(',')}::${escapeData(lines.join('\n'))}\n`;
}

function printPlace({ file, line, path }: Place): string {
  const where = line === undefined ? file : `${file ?? ''}:${line}`;
  return [where, path].filter((part) => part !== undefined).join(' ');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
