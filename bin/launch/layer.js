'use strict';

const vm = require('node:vm');

/**
 * One script with its code cache: `own` (this package and the specs) or `vendor` (its dependencies), so that an edit
 * rebuilds only the small one. `header` is what the builder has to remember beside the text; `code` names what V8 makes
 * of it in runs like this one.
 *
 * @param isFresh told the header of a stored build, says whether it still holds
 * @param build returns `{ header, text, keep }`: the text is one function expression; without `keep` it is not stored
 */
function openLayer({ kind, key, store, code, isFresh, build }) {
  const layer = `${kind}-${key}`;
  let bundle = readBundle(store, layer);
  if (bundle === undefined || !isFresh(bundle.header)) {
    const { header, text, keep } = build();
    bundle = { header, text };
    if (keep) {
      header.encoding = Buffer.byteLength(text) === text.length ? 'latin1' : 'utf8';
      bundle.seal = store.write(layer, 'bundle', '', Buffer.from(`${JSON.stringify(header)}\n${text}`));
      store.prune(kind);
    }
  }

  // V8 compares no more of the source than its length, so the code cache is sealed to the very bundle it was made of.
  const cachedData = bundle.seal && store.read(layer, code, bundle.seal)?.content;
  const script = new vm.Script(bundle.text, {
    filename: `wayleave-${kind}.js`,
    ...(cachedData === undefined ? {} : { cachedData }),
  });

  return {
    header: bundle.header,
    evaluate: () => script.runInThisContext(),
    /** After a whole run: the functions that were compiled on the way are then part of it. */
    keepCode() {
      const isKept = cachedData !== undefined && script.cachedDataRejected === false;
      if (bundle.seal === undefined || isKept) return;
      store.write(layer, code, bundle.seal, script.createCachedData());
    },
  };
}

/** The header is the first line, as JSON. */
function readBundle(store, layer) {
  const stored = store.read(layer, 'bundle', '');
  if (stored === undefined) return undefined;
  const { content, seal } = stored;
  const end = content.indexOf('\n');
  const header = JSON.parse(content.toString('utf8', 0, end));
  return { header, text: content.toString(header.encoding, end + 1), seal };
}

module.exports = { openLayer };
