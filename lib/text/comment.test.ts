import { commentLines } from './comment';

describe('commentLines', () => {
  it('starts each line with #', () => {
    expect(commentLines('why\n\nand what for')).toEqual(['# why', '#', '# and what for']);
  });

  it('lets no break of any YAML version end a comment', () => {
    expect(commentLines('a\r\nb\rc\u0085d\u2028e\u2029f')).toEqual(['# a', '# b', '# c', '# d', '# e', '# f']);
  });

  it('shows what would be hidden', () => {
    expect(commentLines('a\u0000b\u202ec\ud800d\te')).toEqual(['# a\ufffdb\ufffdc\ufffdd\te']);
  });
});
