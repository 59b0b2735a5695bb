'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { additions } = require('./addition-specs');
const { atMost } = require('./bounds');
const { measure } = require('./measure');
const { remove, run } = require('./workbench');

const rounds = 9;
const limitSeconds = 0.1;

/** Measures how much CPU time each addition to a cluster costs: a synth with it beside one without it. */
function measureAdditions(bench, recorder, say) {
  return additions.map(({ what, ...specs }) => {
    say(what);
    const [without, withIt] = [specs.without, specs.with].map((spec, i) => projectOf(bench, `${what} ${i}`, spec));
    // The first run decides which code is kept beside the bundle: as in use, it is one with the addition.
    bench.dropCache();
    run(withIt);
    const results = measure(recorder, rounds, { without, withIt });
    return atMost(`${what}: CPU added, s`, results.withIt.moreThan(results.without), limitSeconds);
  });
}

/** The synth of a project that has this spec alone, into an empty folder. */
function projectOf(bench, name, spec) {
  const [project, output] = [bench.at(name), bench.at(`${name} output`)];
  fs.mkdirSync(path.join(project, 'clusters'), { recursive: true });
  fs.writeFileSync(path.join(project, 'clusters', 'one.yaml'), spec);
  return { ...bench.synth(project, output), before: () => remove(output) };
}

module.exports = { measureAdditions };
