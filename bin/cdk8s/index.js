'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const launcher = path.join(__dirname, '..', 'wayleave.js');

/** A report of a thousand clusters has a few megabytes. */
const mostBytes = 256 * 1024 * 1024;

/**
 * The validation plugin of cdk8s.yaml: what `wayleave check` finds, in cdk8s's own form. Needs no network.
 * Property `strict`: warnings fail, too.
 */
class WayleaveValidation {
  constructor(properties) {
    this.strict = properties.strict === true;
  }

  async validate(context) {
    const { findings, errors, warnings, clusters } = check();
    for (const finding of findings) context.report.addViolation(violationOf(finding));
    const isBad = errors > 0 || (this.strict && warnings > 0);
    const counts = { clusters: String(clusters.length), errors: String(errors), warnings: String(warnings) };
    context.report.submit(isBad ? 'failure' : 'success', counts);
  }
}

/** @throws Error with what the program says of a fault of its own, or of a folder without specs */
function check() {
  const run = spawnSync(process.execPath, [launcher, 'check', '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: mostBytes,
  });
  if (run.error !== undefined) throw run.error;
  try {
    return JSON.parse(run.stdout);
  } catch {
    throw new Error(run.stderr.trim());
  }
}

function violationOf({ code, severity, message, fix, places }) {
  const [{ file = 'clusters' } = {}] = places;
  return {
    ruleName: code,
    recommendation: severity === 'warning' ? `${message} (a warning)` : message,
    fix: fix ?? `see wayleave explain ${code}`,
    violatingResources: [
      { resourceName: path.parse(file).name, manifestPath: file, locations: places.map((place) => print(place, file)) },
    ],
  };
}

function print({ file, line, column, path: inSpec }, first) {
  const where = line === undefined ? file : `${file}:${line}:${column}`;
  const parts = [...(line === undefined && file === first ? [] : [where]), inSpec];
  return parts.filter((part) => part !== undefined && part !== '').join(' ') || first;
}

module.exports = { WayleaveValidation };
