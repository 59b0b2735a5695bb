'use strict';

const fs = require('node:fs');

const { digestOf } = require('./digest');

/**
 * What the file system knows of files without reading them: size, both times and the inode of each, as git's index
 * does. Nobody can set the time of a change (ctime), so files whose stamps are equal are equal in content.
 *
 * @returns `digest` of all stamps, and `settled`: whether each file last changed so long before this moment that a
 *   write yet to come must show in its stamp
 */
function stampsOf(files) {
  let newest = 0;
  const stamps = files.map((file) => {
    const { size, mtimeMs, ctimeMs, ino } = fs.statSync(file);
    newest = Math.max(newest, mtimeMs, ctimeMs);
    return `${file}\0${size} ${mtimeMs} ${ctimeMs} ${ino}`;
  });
  return { digest: digestOf([stamps.join('\n')]), settled: newest < Date.now() - coarsestMs };
}

/** File systems keep times in steps of up to two seconds (FAT; Linux's own are of milliseconds). */
const coarsestMs = 2_000;

module.exports = { stampsOf };
