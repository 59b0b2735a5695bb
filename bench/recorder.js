'use strict';

const { spawnSync } = require('node:child_process');

const { environment } = require('./environment');

/**
 * As a subreaper it also waits for, and counts, processes that outlive the command. Linux gives ru_maxrss in
 * kibibytes, macOS in bytes.
 */
const python = `
import ctypes, os, resource, subprocess, sys, time
PR_SET_CHILD_SUBREAPER = 36
if sys.platform == 'linux':
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
# A wrapper that was this process before it became Python may have left children's time on its account.
before = resource.getrusage(resource.RUSAGE_CHILDREN)
start = time.monotonic()
code = subprocess.call(sys.argv[1:])
wall = time.monotonic() - start
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = used.ru_maxrss // (1024 if sys.platform == 'darwin' else 1)
print(used.ru_utime - before.ru_utime, used.ru_stime - before.ru_stime, wall, peak, file=sys.stderr)
sys.exit(1 if code else 0)
`;

/**
 * Ways to count what a process and all its descendants used, the most exact first. Each writes a last line to stderr:
 * user seconds, system seconds, wall seconds and, if it can, the largest process in kibibytes.
 */
const recorders = [
  { name: 'getrusage, by python3', wrap: (command) => ['python3', ['-c', python, ...command]] },
  {
    name: 'GNU time, exact to 10 ms',
    wrap: (command) => ['/usr/bin/time', ['-q', '-f', '%U %S %e %M', ...command]],
  },
  {
    name: 'the `time` of bash, which knows no memory',
    wrap: (command) => ['bash', ['-c', `TIMEFORMAT='%3U %3S %3R'; time "$@"`, 'bash', ...command]],
  },
];

/** Runs a command, given as words, under a recorder. What it writes to stdout is lost. */
function record(recorder, command, { cwd } = {}) {
  const [file, args] = recorder.wrap(command);
  const env = environment({ LC_ALL: 'C' });
  const { status, stderr, error } = spawnSync(file, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command.join(' ')} failed:\n${stderr}`);
  return readLine(String(stderr).trimEnd().split('\n').at(-1));
}

function readLine(line) {
  const [user, system, wallSeconds, peakKibibytes] = line.split(' ').map(Number);
  return {
    cpuSeconds: user + system,
    wallSeconds,
    ...(peakKibibytes === undefined ? {} : { peakBytes: peakKibibytes * 1024 }),
  };
}

/** The first recorder that works on this machine. */
function findRecorder() {
  const found = recorders.find((recorder) => {
    try {
      return record(recorder, [process.execPath, '--version']).wallSeconds > 0;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error('nothing here counts CPU time: install python3, GNU time or bash');
  return found;
}

module.exports = { findRecorder, record, recorders };
