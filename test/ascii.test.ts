import * as vm from 'node:vm';

const { inAscii } = jest.requireActual<{ inAscii(text: string): string }>('../bin/launch/ascii');

const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

it.each([
  ['a text', `'é' + "→"`],
  ['a pattern', `/^[é→]$/.test('→')`],
  ['a comment', `1 /* ∅ */ // –`],
  ['a raw template of ASCII', "String.raw`\\d${`é`.length}\\n` + 'é'"],
  ['a raw template that names others', "((word) => String.raw`\\d.${word}$`)('é')"],
])('is made of %s', (_name, text) => {
  expect(vm.runInNewContext(inAscii(text))).toBe(vm.runInNewContext(text));
});

it.each([`/[é]/.test('é') // ∅`, "((word) => String.raw`\\d.${word}$\\``)('é')"])('holds nothing else: %s', (text) => {
  expect(isAscii(inAscii(text))).toBe(true);
});

it.each(['String.raw`é\\é`', 'String.raw`${`a`}é`', 'String.raw`${"`"}é`', '"\\é"'])(
  'is left aside where an escape would mean something else: %s',
  (text) => {
    expect(inAscii(text)).toBe(text);
  },
);
