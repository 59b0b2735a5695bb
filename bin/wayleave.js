#!/usr/bin/env node
'use strict';

// This file must parse on any Node, so that an old one is told what is wrong instead of failing on newer syntax.
const oldest = 20;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(
    'wayleave: Node ' + process.versions.node + ' is too old; it needs Node ' + oldest + ' or later\n',
  );
  process.exitCode = 2;
} else {
  require('./launch/run').run();
}
