import type { Note } from '../../plan/declares';
import type { Plan } from '../../plan/plan';
import { heading } from '../../text/markdown';

/** One chapter: its title, and its blocks of Markdown. Without blocks it is left out. */
export interface Chapter {
  readonly title: string;
  readonly blocks: readonly string[];
}

/** What components wrote for a chapter, under headings of its own. */
export function notesOf(plan: Plan, section: Note['section']): string[] {
  return plan.notes.filter((note) => note.section === section).flatMap(({ title, text }) => [heading(3, title), text]);
}
