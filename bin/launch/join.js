'use strict';

const fs = require('node:fs');
const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');

const { inAscii } = require('./ascii');
const { MissingDependency } = require('./errors');

const sourceMap = '\n//# sourceMappingURL=';
const calls = /\brequire\((["'])([^"'\n]+)\1\)/g;

/** The text of the layer that `openVendor` opens. */
function join(project, names) {
  const ids = new Map();
  const modules = [];

  const add = (file) => {
    const known = ids.get(file);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(file, id);
    modules[id] = '';
    const { text, needs } = readModule(file, project.modules);
    const links = Object.fromEntries(Object.entries(needs).map(([name, target]) => [name, add(target)]));
    const at = path.relative(project.modules, file);
    modules[id] = `{ at: ${JSON.stringify(at)}, links: ${JSON.stringify(links)},
run: function (exports, require, module, __filename, __dirname) {${text}
} }`;
    return id;
  };

  const entries = Object.fromEntries(names.map((name) => [name, add(resolveEntry(name, project))]));
  return `(function (nodeRequire, folder) {
const modules = [${modules.join(',\n')}];
return (${serve})(modules, ${JSON.stringify(entries)}, nodeRequire, folder);
})`;
}

/** Runs inside the layer: `require` over the joined modules. What they do not hold is left to Node. */
function serve(modules, entries, nodeRequire, folder) {
  const { createRequire, isBuiltin } = nodeRequire('node:module');
  const path = nodeRequire('node:path');
  const load = (id) => {
    const { at, links, run, loaded } = modules[id];
    if (loaded !== undefined) return loaded.exports;
    const filename = folder + path.sep + at;
    const module = { exports: {}, id: filename, filename };
    modules[id].loaded = module;
    const require = (name) => {
      if (Object.hasOwn(links, name)) return load(links[name]);
      return isBuiltin(name) ? nodeRequire(name) : createRequire(filename)(name);
    };
    run.call(module.exports, module.exports, require, module, filename, path.dirname(filename));
    return module.exports;
  };
  return (name) => (Object.hasOwn(entries, name) ? load(entries[name]) : nodeRequire(name));
}

function resolveEntry(name, project) {
  try {
    return createRequire(path.join(project.modules, 'any')).resolve(name);
  } catch {
    throw new MissingDependency(name, project.root);
  }
}

/** The body of a module's function, and the files behind the names it requires. */
function readModule(file, modules) {
  const text = withoutSourceMap(fs.readFileSync(file, 'utf8'));
  if (file.endsWith('.json')) return { text: `module.exports = ${text}`, needs: {} };

  const needs = {};
  const resolve = createRequire(file).resolve;
  for (const [, , name] of text.matchAll(calls)) {
    if (Object.hasOwn(needs, name) || isBuiltin(name)) continue;
    const target = name.startsWith('.') ? beside(file, name, resolve) : inPackage(name, resolve, modules);
    if (target !== undefined) needs[name] = target;
  }
  return { text: inAscii(text), needs };
}

/** Half of a generated file is the map at its end, which nothing here reads. */
function withoutSourceMap(text) {
  const at = text.lastIndexOf(sourceMap);
  return at === -1 || text.trimEnd().includes('\n', at + 1) ? text : text.slice(0, at);
}

const isFile = (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;

/** What `require` of a relative name finds, in Node's order; Node itself is asked for what is rare. */
function beside(file, name, resolve) {
  const at = path.resolve(path.dirname(file), name);
  return [at, `${at}.js`, `${at}.json`].find(isFile) ?? quiet(() => resolve(name));
}

/**
 * What `require` of a package finds; a bundled copy of a version that is also installed on top is that one, so that
 * `yaml`, which cdk8s brings along, is neither read nor run twice.
 */
function inPackage(name, resolve, modules) {
  const target = quiet(() => resolve(name));
  if (target === undefined) return undefined;
  const nested = target.lastIndexOf(`${path.sep}node_modules${path.sep}`) + '/node_modules/'.length;
  const inside = target.slice(nested);
  const owner = inside.split(path.sep, inside.startsWith('@') ? 2 : 1).join(path.sep);
  const onTop = quiet(() => fs.realpathSync(path.join(modules, inside)));
  if (onTop === undefined || onTop === target) return target;
  return versionIn(path.join(modules, owner)) === versionIn(target.slice(0, nested) + owner) ? onTop : target;
}

const versionIn = (folder) => JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).version;

/** An optional dependency that is not installed fails where it is required, as it would without the join. */
function quiet(find) {
  try {
    return find();
  } catch {
    return undefined;
  }
}

module.exports = { join };
