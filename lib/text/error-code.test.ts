import { readFileSync } from 'node:fs';
import { codeOf } from './error-code';

test('an error of the system has its code, and no other error has one', () => {
  try {
    readFileSync('/nowhere/at/all');
    throw new Error('it was read');
  } catch (error) {
    expect(codeOf(error)).toBe('ENOENT');
  }
  expect([new Error('x'), 'ENOENT', null, undefined].map(codeOf)).toEqual([undefined, undefined, undefined, undefined]);
});
