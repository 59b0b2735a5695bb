'use strict';

/** A raw template of ASCII alone, with nothing but names in its braces. */
const plainRaw = /\bString\.raw`(?:[^`\\$\x80-\uffff]|\\[\x00-\x7f]|\$(?!\{)|\$\{[\w.$]+\})*`/g;

/** V8 reads and keeps ASCII in half the time and space. Where an escape would mean something else, the text stays. */
function inAscii(text) {
  if (/\\[^\x00-\x7f]|\bString\.raw\b/.test(text.replace(plainRaw, ''))) return text;
  return text.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

module.exports = { inAscii };
