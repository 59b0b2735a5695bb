import { isIP } from 'node:net';

// Not part of a longer word or number, so that `spec::node` and `1.2.3.4.5` are not addresses.
const ipv4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/g;
const ipv6 = /(?<![\w:.])[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*(?![\w:])(?:\/\d+)?/gi;

/** The first address, IPv4 or IPv6, with or without a prefix length, that stands in the text. */
export function findAddress(text) {
  // `::` alone is punctuation, of IPv6 and of much else; `::/0` is a prefix.
  const isAddress = (shape) => shape !== '::' && isIP(shape.replace(/\/\d+$|\.+$/, '')) === 6;
  return text.match(ipv4)?.[0] ?? text.match(ipv6)?.find(isAddress);
}

/** Refuses addresses in strings: they belong to clusters/ and to lib/net/well-known*.ts, where each names its source. */
export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: { address: '{{address}} belongs in clusters/ or lib/net/well-known*.ts, with its source' },
  },
  create(context) {
    const check = (node, text) => {
      const address = findAddress(text);
      if (address !== undefined) context.report({ node, messageId: 'address', data: { address } });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateElement(node) {
        check(node, node.value.cooked ?? node.value.raw);
      },
    };
  },
};
