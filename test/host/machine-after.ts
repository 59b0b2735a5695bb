import { readFileSync, rmSync } from 'node:fs';
import { foundOnMachine, processesOfRun, stateOfMachine } from './machine';
import { writeTables } from './report';

/** Behind all tests. @throws Error if the machine is not as it was before them */
export default function after(): void {
  const before = new Set(readFileSync(foundOnMachine(), 'utf8').split('\n'));
  rmSync(foundOnMachine());
  writeTables();
  const now = new Set(stateOfMachine().split('\n'));
  const left = [
    ...[...now].filter((line) => !before.has(line)).map((line) => `+ ${line}`),
    ...[...before].filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...processesOfRun().map((line) => `still runs: ${line}`),
  ];
  if (left.length > 0) throw new Error(`the tests left the machine another one than they found:\n${left.join('\n')}`);
}
