'use strict';

const { setV8Flags } = require('./flags');
const { openOwn } = require('./own');
const { findProject } = require('./project');
const { openStore } = require('./store');
const { openVendor } = require('./vendor');

/** Bundles what has changed, runs `main` of main.ts and leaves its answer as the exit code. */
async function run() {
  const argv = process.argv.slice(2);
  surviveClosedStreams();
  if (argv[0] === '--version') return printVersion();
  try {
    const project = findProject(argv);
    const store = openStore(project.modules);
    const code = nameOfCode(argv, setV8Flags(project.clusterCount));
    const own = openOwn(project, store, code);
    const vendor = openVendor(project, store, code, own.header.vendor);

    const tool = { exports: {} };
    own.evaluate()(vendor.evaluate()(require, project.modules), tool, tool.exports);
    const { stdout, stderr, env } = process;
    process.exitCode = await tool.exports.main(argv, {
      cwd: project.cwd,
      specs: tool.exports.specs,
      stdout,
      stderr,
      env,
    });

    if (process.exitCode === 0) {
      own.keepCode();
      vendor.keepCode();
    }
  } catch (error) {
    process.exitCode = require('./errors').report(error);
  }
}

/**
 * Each command has its code for itself: it neither reads that of the others nor, because one of them ran first, has to
 * compile its own in every run. Code compiled under other flags is of no use.
 */
function nameOfCode(argv, flags) {
  const [command = ''] = argv;
  const runs = /^[a-z]+$/.test(command) && !argv.includes('--help') && !argv.includes('-h');
  return ['code', ...(runs ? [`-${command}`] : []), ...flags].join('');
}

/** Asked of a package that may not even build, so that it comes before all else. */
function printVersion() {
  const { name, version } = require('../../package.json');
  process.stdout.write(`${name} ${version}\n`);
}

/** A reader who has seen enough (`| head`) is no fault. Anything else that keeps us from printing is said. */
function surviveClosedStreams() {
  const { stdout, stderr } = process;
  const onError = (error) => {
    if (error.code === 'EPIPE') return;
    process.once('exit', (code) => (process.exitCode = code || 1));
    stderr.write(`wayleave: cannot print: ${error.message}\n`);
  };
  stdout.on('error', onError);
  stderr.on('error', () => {});
}

module.exports = { run };
