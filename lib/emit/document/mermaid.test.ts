import fc from 'fast-check';
import { id, label, message } from './mermaid';

test('two names never share an id, and every id is one word', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(id('node', a)).toMatch(/^node_[A-Za-z0-9_]*$/);
      expect(id('node', a) === id('node', b)).toBe(a === b);
    }),
  );
});

test('Mermaid’s own words are safe as names', () => {
  expect(id('pod', 'end')).toBe('pod_end');
  expect(message('the end')).toBe('the #101;nd');
  expect(message('sending')).toBe('sending');
});

test('a label ends at its own quote', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(label(name)).toMatch(/^"[^"]*"$/);
    }),
  );
  expect(label('a', 'b')).toBe('"a<br/>b"');
});

test('a message stays on its line and starts no comment', () => {
  expect(message('a;\n# b')).toBe('a#59; #35; b');
});
