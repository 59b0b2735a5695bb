'use strict';

const { writeFleet } = require('./fleet');
const { jsonnetFleet } = require('./jsonnet');
const { kustomize } = require('./kustomize');
const { measure } = require('./measure');
const { countObjects } = require('./objects');
const { plainTemplates } = require('./plain-templates');
const { assertSameTree, readTree } = require('./tree');
const { remove, run } = require('./workbench');

/** Clusters, rounds, and rounds of the rivals, which need a process a cluster. */
const fleets = [
  { count: 1, rounds: 7, rivalRounds: 7 },
  { count: 10, rounds: 5, rivalRounds: 3 },
  { count: 100, rounds: 3, rivalRounds: 1 },
  { count: 1000, rounds: 2, rivalRounds: 0 },
];
const deepFleets = [{ count: 4000, rounds: 1, rivalRounds: 0 }];

/** Measures fleets of rising size, each into an empty folder. */
function measureFleets(bench, recorder, { deep, say }) {
  const [wayleave, plain] = [bench.at('fleet-wayleave'), bench.at('fleet-plain')];
  writeFleet(bench.at('fleet-1'), 1);
  run(bench.synth(bench.at('fleet-1'), wayleave));
  const first = readTree(wayleave);
  const templates = plainTemplates(first);

  return [...fleets, ...(deep ? deepFleets : [])].map(({ count, rounds, rivalRounds }) => {
    const what = `fleet of ${String(count).replace(/000$/, ',000')}`;
    say(what);
    const project = bench.at(`fleet-${count}`);
    writeFleet(project, count);
    const subjects = {
      wayleave: { ...bench.synth(project, wayleave), before: () => remove(wayleave) },
      plain: { ...bench.script('fleet-plain.js', templates, plain, count), before: () => remove(plain) },
    };
    // V8's flags, and with them the code cache, differ between few clusters and many; 100 warm it up for more.
    if (count <= 100) run(subjects.wayleave);
    const results = measure(recorder, rounds, subjects);
    assertSameTree(wayleave, plain);
    const rivals = rivalRounds === 0 ? {} : rivalsOf(bench, count, readTree(wayleave), first);
    return {
      what,
      clusters: count,
      files: first.size * count,
      objects: countObjects(first) * count,
      results: { ...results, ...measure(recorder, rivalRounds, rivals) },
    };
  });
}

function rivalsOf(bench, count, tree, first) {
  return {
    kustomize: kustomize(tree, bench.at(`fleet-${count}-kustomize`)),
    jsonnet: jsonnetFleet(first, count, bench.at(`fleet-${count}.jsonnet`)),
  };
}

module.exports = { measureFleets };
