'use strict';

const { table } = require('./table');

const none = '–';
const milliseconds = (seconds) => `${Math.round(seconds * 1000)}`;
const megabytes = (bytes) => (bytes === undefined ? none : `${Math.round(bytes / 1e6)}`);
const times = (ratio) => ratio.toFixed(2);

/**
 * The results as a Markdown document.
 *
 * @param rows what was measured: `what`, `clusters`, `objects`, `files`, `results` by subject
 * @param node what a Node used that did nothing
 * @param bounds what `judge` says
 * @param versions of what ran beside Wayleave; undefined where it is not installed
 */
function report({ rows, node, bounds, machine, recorder, versions }) {
  return `# Benchmarks

Written by \`npm run bench\`. ${machine}

CPU time is user and system time of a command and all its descendants, in milliseconds (${recorder.name}); memory is
the peak of its largest process, in MB (10^6 bytes). All are medians of runs made in turn; a ratio is the median of the
ratios round by round. What the machine sets for Node (\`NODE_*\` in the environment) is left out. Node alone, with
nothing to do, takes ${milliseconds(node.cpuSeconds)} ms.

${cpuTable(rows)}

- **plain**: a Node script that writes the same bytes, which is verified. For the clusters its text holds them
  ready-made; for a fleet it fills templates and computes the hashes in \`index.json\`. Where nothing changed, it writes
  all of it again.
- **kustomize**: \`kubectl kustomize\` over the same Kubernetes objects, a process a cluster: ${versions.kustomize ?? 'not installed'}.
- **jsonnet**: evaluates to the same objects, for a fleet a process a cluster: ${versions.jsonnet ?? 'not installed'}.
- **×**: how many times that one's CPU time Wayleave used. ${none}: not measured.

## Bounds

${boundsTable(bounds)}
`;
}

function cpuTable(rows) {
  const head = [
    'what',
    'files',
    'objects',
    'CPU',
    'memory',
    'plain CPU',
    '×',
    'plain memory',
    'kustomize CPU',
    '×',
    'jsonnet CPU',
    '×',
  ];
  const body = rows.map(({ what, files, objects, results }) => {
    const { wayleave, plain, kustomize, jsonnet } = results;
    const beside = (rival) =>
      rival === undefined ? [none, none] : [milliseconds(rival.cpuSeconds), times(wayleave.ratioTo(rival))];
    return [
      what,
      `${files}`,
      `${objects}`,
      milliseconds(wayleave.cpuSeconds),
      megabytes(wayleave.peakBytes),
      ...beside(plain),
      megabytes(plain.peakBytes),
      ...beside(kustomize),
      ...beside(jsonnet),
    ];
  });
  return table(head, body);
}

function boundsTable(bounds) {
  const figure = (value) => (value >= 100 ? `${Math.round(value)}` : times(value));
  const body = bounds.map(({ what, measured, limit, held }) => [
    what,
    figure(measured),
    figure(limit),
    held ? 'held' : 'MISSED',
  ]);
  return table(['bound', 'measured', 'at most', 'verdict'], body);
}

module.exports = { report };
