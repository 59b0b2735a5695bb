import { wrongWord } from './wording';

const MANY = Array.from({ length: 30 }, (_, i) => `WORD_${String.fromCharCode(65 + (i % 26))}${i}`);

test('few words are all named', () => {
  expect(wrongWord(['yes', 'no'], 'yse')).toEqual({ message: 'must be one of yes or no, not "yse"', fix: 'yes' });
});

test('of many the near one is named, and all where none is near', () => {
  expect(wrongWord(MANY, 'WORD_B11')).toMatchObject({ message: 'must be one of 30 words, not "WORD_B11"' });
  expect(wrongWord(MANY, 'WORD_B11').fix).toMatch(/^WORD_B1/);
  const { message, fix } = wrongWord(MANY, '');
  for (const word of MANY) expect(message).toContain(word);
  expect(fix).toBeUndefined();
});
