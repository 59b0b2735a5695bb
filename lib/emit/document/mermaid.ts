/** Ids and labels that Mermaid reads as they are meant. */

/**
 * An id of letters, digits and underscores. The kind in front keeps it clear of Mermaid's own words (`end`, `graph`,
 * `default`) and of `o` and `x`, which would be read as the head of an arrow; two texts never share one.
 */
export function id(kind: string, name: string): string {
  return `${kind}_${name.replace(/[^A-Za-z0-9]/g, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}_`)}`;
}

/** A quoted label of a flowchart; lines are joined by a line break of the picture's. */
export function label(...lines: readonly string[]): string {
  return `"${lines.map((line) => entities(line, /["#<>&`\\]/g)).join('<br/>')}"`;
}

/** A message or a participant of a sequence diagram, where quotes do not help: a lone `end` would close a block. */
export function message(text: string): string {
  return entities(text.replace(/\s+/g, ' '), /[#;<>&`\\%{}]|\be(?=nd\b)/gi);
}

function entities(text: string, special: RegExp): string {
  return text.replace(special, (character) => `#${character.codePointAt(0) ?? 0};`);
}
