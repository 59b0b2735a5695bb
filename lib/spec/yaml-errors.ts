import type { YAMLError } from 'yaml';

/** A YAML fault in plain words, with what to write instead where that is known. */
export function explainYaml(
  error: Pick<YAMLError, 'code' | 'message' | 'pos'>,
  text: string,
): { message: string; fix?: string } {
  const found = text.slice(error.pos[0], error.pos[1]);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'tabs are not allowed for indentation', fix: 'use two spaces for each level' };
    case 'DUPLICATE_KEY':
      return {
        message: `the key ${wordAt(text, error.pos[0])} is written twice in one mapping`,
        fix: 'keep one of them',
      };
    case 'MULTIPLE_DOCS':
      return {
        message: 'the file holds several documents; a cluster is one',
        fix: 'give each cluster a file of its own',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        message: 'a key stands where a value was begun',
        fix: 'indent the keys of a mapping alike, and put quotes around a value that holds ": "',
      };
    case 'BAD_SCALAR_START':
      return { message: `a value cannot start with ${found.slice(0, 1)}`, fix: 'put the value in quotes' };
    case 'BAD_ALIAS':
      return { message: 'to YAML a value that starts with * or & is no text', fix: 'put the value in quotes' };
    case 'BLOCK_IN_FLOW':
      return { message: 'a key stands where a value was begun', fix: 'put quotes around a value that holds ": "' };
    case 'BAD_INDENT':
      return { message: 'the indentation does not fit what it belongs to', fix: 'use two spaces for each level' };
    case 'NON_STRING_KEY':
      return { message: 'a key must be text' };
    case 'TAG_RESOLVE_FAILED':
      return { message: `the tag ${found.split(/\s/)[0] || 'here'} has no meaning in a spec`, fix: 'take it out' };
    case 'MISSING_CHAR':
      return { message: /quote$/.test(error.message) ? 'a quotation is not closed' : plain(error.message) };
    default:
      if (/call stack/.test(error.message))
        return { message: 'the file is nested too deeply to be a spec', fix: 'write it flatter' };
      return { message: plain(error.message) };
  }
}

/** The parser's own words, as a predicate of a sentence in small letters. */
function plain(message: string): string {
  const first = message.split('\n')[0] ?? message;
  return first.slice(0, 1).toLowerCase() + first.slice(1);
}

function wordAt(text: string, offset: number): string {
  return /^["']?[^\s:"',{}[\]]*/.exec(text.slice(offset))?.[0].replace(/^["']/, '') ?? '';
}
