import { AddressError, settle } from './error';
import { Prefix } from './prefix';

describe('AddressError', () => {
  test('quotes the text, says the problem and the value that would be right', () => {
    const error = new AddressError('192.168.10.5/24', 'has host bits set', '192.168.10.0/24');
    expect(error.message).toBe('"192.168.10.5/24" has host bits set; write 192.168.10.0/24');
    expect(error).toMatchObject({
      text: '192.168.10.5/24',
      problem: 'has host bits set',
      suggestion: '192.168.10.0/24',
    });
  });

  test('leaves the suggestion out where none can be told', () => {
    expect(new AddressError('x', 'is not an address').message).toBe('"x" is not an address');
  });

  test('keeps control characters out of the message', () => {
    expect(new AddressError('a\n\u001b', 'is bad').message).toBe('"a\\n\\u001b" is bad');
  });
});

describe('settle', () => {
  test('gives the mended text if it parses', () => {
    expect(settle('10.0.0.0/8', Prefix.parse)).toBe('10.0.0.0/8');
  });

  test('gives what its refusal suggests if it does not', () => {
    expect(settle('10.0.0.1/8', Prefix.parse)).toBe('10.0.0.0/8');
    expect(settle('nonsense', Prefix.parse)).toBeUndefined();
  });

  test('passes other errors on', () => {
    const broken = () => {
      throw new TypeError('broken');
    };
    expect(() => settle('x', broken)).toThrow(TypeError);
  });
});
