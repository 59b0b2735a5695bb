'use strict';

const fs = require('node:fs');
const path = require('node:path');

const { jsonnetText } = require('./jsonnet');
const { kustomize } = require('./kustomize');
const { measure } = require('./measure');
const { countObjects } = require('./objects');
const { plainText } = require('./plain-text');
const { assertSameTree, readTree } = require('./tree');
const { remove, run } = require('./workbench');

const rounds = { warm: 11, cold: 5, again: 7 };

/** Measures the repository's own clusters: all of them warm and cold, and one of them again. */
function measureClusters(bench, recorder) {
  const [wayleave, plain] = [bench.at('all-wayleave'), bench.at('all-plain')];
  const synth = bench.synth(bench.home, wayleave);
  run(synth);
  const tree = readTree(wayleave);
  const script = bench.script('all-plain.js', plainText(tree), plain);
  run(script);
  assertSameTree(wayleave, plain);

  const into = (output, subject) => ({ ...subject, before: () => remove(output) });
  const subjects = {
    wayleave: into(wayleave, synth),
    plain: into(plain, script),
    kustomize: kustomize(tree, bench.at('all-kustomize')),
    jsonnet: jsonnetText(tree, bench.at('all.jsonnet')),
  };
  const withoutBundle = {
    ...subjects,
    wayleave: {
      ...synth,
      before() {
        remove(wayleave);
        bench.dropCache();
      },
    },
  };
  const size = sizeOf(tree);
  const warm = { what: 'all clusters, warm bundle', ...size, results: measure(recorder, rounds.warm, subjects) };
  const cold = { what: 'all clusters, no bundle', ...size, results: measure(recorder, rounds.cold, withoutBundle) };
  return { warm, cold, again: measureAgain(bench, recorder) };
}

/** One cluster whose output is there and up to date. The plain script writes it again all the same. */
function measureAgain(bench, recorder) {
  const name = path.parse(fs.readdirSync(path.join(bench.home, 'clusters')).filter(isSpec).sort()[0]).name;
  const [wayleave, plain] = [bench.at('one-wayleave'), bench.at('one-plain')];
  const synth = bench.synth(bench.home, wayleave, name);
  run(synth);
  const tree = readTree(wayleave);
  const script = bench.script('one-plain.js', plainText(tree), plain);
  run(script);
  const subjects = {
    wayleave: synth,
    plain: script,
    kustomize: kustomize(tree, bench.at('one-kustomize')),
    jsonnet: jsonnetText(tree, bench.at('one.jsonnet')),
  };
  const results = measure(recorder, rounds.again, subjects);
  assertSameTree(wayleave, plain);
  return { what: `${name} again, nothing changed`, ...sizeOf(tree), results };
}

const isSpec = (file) => /\.(ya?ml|ts)$/.test(file) && !/\.(test|d)\.ts$/.test(file);

function sizeOf(tree) {
  const clusters = new Set([...tree.keys()].map((file) => file.split('/')[0])).size;
  return { clusters, files: tree.size, objects: countObjects(tree) };
}

module.exports = { measureClusters };
