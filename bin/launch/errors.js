'use strict';

const path = require('node:path');

/** node_modules lacks something that package.json names. */
class MissingDependency extends Error {
  constructor(name, root) {
    super(`cannot find ${name}: run npm ci in ${root}`);
  }
}

/** What esbuild refused: each fault with its place and remedy, and whether Wayleave's own files are to blame. */
class BuildError extends Error {
  constructor(messages, project) {
    super('the build failed');
    this.faults = messages.map(({ text, file, line, column }) => ({
      message: text,
      ...(file === undefined ? {} : { file: path.resolve(project.cwd, file), where: `${file}:${line}:${column}` }),
      ...remedyOf(text),
    }));
    this.isOurs = this.faults.some(({ file }) => file === undefined || isOwnFile(file, project.root));
  }

  /** To print. */
  get lines() {
    return this.faults.flatMap(({ message, where, fix }) => [
      where === undefined ? message : `${where}: ${message}`,
      ...(fix === undefined ? [] : [`  fix: ${fix}`]),
    ]);
  }
}

/** What to do about it, where that is plain. */
function remedyOf(text) {
  const [, name] = /^Could not resolve "(.+)"$/.exec(text) ?? [];
  if (name === undefined) return {};
  const isFile = /^\.{0,2}\//.test(name);
  return { fix: isFile ? 'correct the path, or write the file that it names' : `npm install ${name}` };
}

function isOwnFile(file, root) {
  const [first = ''] = path.relative(root, file).split(path.sep);
  return ['bin', 'lib', 'imports', 'main.ts', 'node_modules'].includes(first);
}

/** Says on stderr what went wrong; returns the exit code: 1 for the user's input, 2 for a fault of ours. */
function report(error) {
  const say = (text) => process.stderr.write(`${text}\n`);
  if (error instanceof MissingDependency) {
    say(`wayleave: ${error.message}`);
    return 2;
  }
  if (error instanceof BuildError) {
    if (error.isOurs) say('wayleave: its own code does not build; this is a fault of Wayleave, not of a cluster file');
    say(error.lines.join('\n'));
    return error.isOurs ? 2 : 1;
  }
  say(`wayleave: internal error\n${error instanceof Error ? error.stack : String(error)}`);
  return 2;
}

module.exports = { BuildError, MissingDependency, report };
