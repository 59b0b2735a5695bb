'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { isDeepStrictEqual } = require('node:util');

const { clusterOf } = require('./fleet');
const { objectsOf } = require('./objects');

const isInstalled = () => spawnSync('jsonnet', ['--version']).status === 0;
const objectsIn = (tree) => [...objectsOf(tree).values()].flat();

/** The command that evaluates the tree's objects, which stand in the program; undefined without jsonnet. */
function jsonnetText(tree, file) {
  if (!isInstalled()) return undefined;
  return program(file, JSON.stringify(objectsIn(tree)), objectsIn(tree));
}

/** The command that evaluates a fleet's objects from one function of name and addresses; undefined without jsonnet. */
function jsonnetFleet(tree, count, file) {
  if (!isInstalled()) return undefined;
  const first = clusterOf(1);
  const objects = objectsIn(tree);
  const body = JSON.stringify(objects)
    .replaceAll(first.name, '" + name + "')
    .replaceAll(`10.${first.net}.`, '10." + net + ".');
  const text = `local cluster(name, net) = ${body};
std.flatMap(
  function(index) cluster('fleet-%04d' % (index + 1), '%d.%d' % [100 + std.floor(index / 156), 100 + index % 156]),
  std.range(0, ${count - 1})
)
`;
  return program(file, text, count === 1 ? objects : undefined);
}

/** @param wanted what it must evaluate to, where that is to be verified */
function program(file, text, wanted) {
  fs.writeFileSync(file, text);
  if (wanted !== undefined) {
    const { stdout, stderr } = spawnSync('jsonnet', [file], { encoding: 'utf8', maxBuffer: Infinity });
    if (stdout === '' || !isDeepStrictEqual(JSON.parse(stdout), wanted)) throw new Error(`${file} is wrong: ${stderr}`);
  }
  return { command: ['jsonnet', file] };
}

module.exports = { jsonnetFleet, jsonnetText };
