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
  const command = ['jsonnet', file];
  fs.writeFileSync(file, JSON.stringify(objectsIn(tree)));
  verify(command, objectsIn(tree));
  return { command };
}

/**
 * The command that evaluates a fleet's objects from one function of name and addresses; undefined without jsonnet. A
 * process a cluster: one for them all needs hundreds of megabytes a cluster.
 */
function jsonnetFleet(tree, count, file) {
  if (!isInstalled()) return undefined;
  const first = clusterOf(1);
  const body = JSON.stringify(objectsIn(tree))
    .replaceAll(first.name, '" + name + "')
    .replaceAll(`10.${first.net}.`, '10." + net + ".');
  fs.writeFileSync(file, `function(name, net) ${body}\n`);
  const commands = Array.from({ length: count }, (_, index) => {
    const { name, net } = clusterOf(index + 1);
    return ['jsonnet', '-A', `name=${name}`, '-A', `net=${net}`, file];
  });
  verify(commands[0], objectsIn(tree));
  fs.writeFileSync(`${file}.sh`, `set -e\n${commands.map((words) => words.join(' ')).join('\n')}\n`);
  return { command: ['sh', `${file}.sh`] };
}

/** @throws Error unless the command evaluates to these objects */
function verify([name, ...args], objects) {
  const { stdout, stderr } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: Infinity });
  if (stdout === '') throw new Error(`${name} ${args.join(' ')} failed: ${stderr}`);
  if (!isDeepStrictEqual(JSON.parse(stdout), objects)) throw new Error(`${args.at(-1)} evaluates to other objects`);
}

module.exports = { jsonnetFleet, jsonnetText };
