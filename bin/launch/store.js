'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const { digestOf } = require('./digest');

/** Keys kept of each layer: a few branches or projects in turn do not evict one another. */
const keysKept = 4;
const sealChars = 64;

/**
 * The cache: one folder a layer and key. Every file begins with the digest of its content, because V8 runs a damaged
 * code cache without complaint. A file appears whole, by rename, so two runs at once cannot mix theirs.
 * Nothing here ever throws: without a cache a run is slower, not wrong.
 */
function openStore(modules) {
  const base = ownFolder(path.join(modules, '.cache', 'wayleave')) ?? ownFolder(temporaryFolder());
  const fileOf = (layer, name) => path.join(base, layer, name);

  return {
    /** The content and its seal, or undefined if it is absent, damaged or was written for another `salt`. */
    read(layer, name, salt) {
      if (base === undefined) return undefined;
      try {
        const sealed = fs.readFileSync(fileOf(layer, name));
        const content = sealed.subarray(sealChars);
        const seal = digestOf([salt, content]);
        return sealed.toString('latin1', 0, sealChars) === seal ? { content, seal } : undefined;
      } catch {
        return undefined;
      }
    },

    /** Returns the seal, whether or not the file could be written. */
    write(layer, name, salt, content) {
      const seal = digestOf([salt, content]);
      if (base === undefined) return seal;
      const file = fileOf(layer, name);
      const temporary = `${file}.${process.pid}`;
      try {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(temporary, Buffer.concat([Buffer.from(seal), content]));
        fs.renameSync(temporary, file);
      } catch {
        fs.rmSync(temporary, { force: true });
      }
      return seal;
    },

    /** Removes all but the newest keys of a layer kind, the part of its name before the first dash. */
    prune(kind) {
      if (base === undefined) return;
      try {
        const layers = fs.readdirSync(base).filter((name) => name.startsWith(`${kind}-`));
        const aged = layers.map((name) => ({ name, changed: fs.statSync(path.join(base, name)).mtimeMs }));
        aged.sort((a, b) => b.changed - a.changed);
        for (const { name } of aged.slice(keysKept)) fs.rmSync(path.join(base, name), { recursive: true, force: true });
      } catch {
        // Another run may prune at the same moment; the next one finds the rest.
      }
    },
  };
}

function temporaryFolder() {
  return path.join(os.tmpdir(), `wayleave-${process.getuid?.() ?? os.userInfo().username}`);
}

/** The folder, made if need be; undefined unless it is ours alone to write: what lies in it will be executed. */
function ownFolder(folder) {
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.accessSync(folder, fs.constants.W_OK);
    const { uid, mode } = fs.lstatSync(folder);
    const mine = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    return mine ? folder : undefined;
  } catch {
    return undefined;
  }
}

module.exports = { openStore };
