import type { Field } from './field';

/** Entries beyond which everything is forgotten: a fleet has ever new ones. */
const MOST_KNOWN = 2048;

/**
 * Reads by its text what a tree, and a fleet of them, says over and over. Only that is remembered with which nothing is
 * wrong: a fault is reported wherever it stands.
 */
export function readOnce<T>(read: (field: Field) => T): (field: Field) => T {
  const sound = new Map<string, T>();
  return (field) => {
    const text = field.isGiven ? JSON.stringify(field.value) : NONE;
    // In JSON that may be a number that is none, too.
    if (text.includes(NONE)) return read(field);
    const known = sound.get(text);
    if (known !== undefined) return known;
    const before = field.problems.findings.length;
    const made = read(field);
    if (field.problems.findings.length > before) return made;
    if (sound.size >= MOST_KNOWN) sound.clear();
    sound.set(text, made);
    return made;
  };
}

const NONE = 'null';
