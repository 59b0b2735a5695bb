import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import type { Address } from '../../lib/net/address';

/**
 * Holds the namespaces until the end of its input, which comes with the end of the process that tests, however that
 * ends; then it ends whatever was started inside and runs on, such as what drives a tunnel.
 */
const KEEPER = `
trap '' HUP INT TERM
mount --make-rprivate /
mount -t tmpfs tmpfs /run
ip link set lo up
echo ready
cat
net=$(stat -Lc %i /proc/self/ns/net)
for pid in $(find /proc/[0-9]*/ns/net -lname "*$net*" 2>/dev/null | cut -d/ -f3); do
  [ "$pid" = $$ ] || kill -KILL "$pid" 2>/dev/null || true
done`;

/** A host of its own: network, mounts and name. It ends with the test, even where that is killed. */
export class Namespace {
  private constructor(
    readonly name: string,
    readonly pid: number,
    private readonly keeper: ChildProcess,
  ) {}

  static async open(name: string): Promise<Namespace> {
    const keeper = spawn('unshare', ['--net', '--mount', '--uts', 'sh', '-ec', KEEPER], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { pid, stdout } = keeper;
    if (pid === undefined || stdout === null) throw new Error('unshare is missing: install util-linux');
    await new Promise((resolve, reject) => {
      stdout.once('data', resolve);
      keeper.once('exit', () => reject(new Error(`no namespace for ${name}: these tests need root`)));
    });
    return new Namespace(name, pid, keeper);
  }

  /** Runs a shell script inside and gives what it prints. @throws Error if a command of it fails */
  run(script: string, input?: string | Buffer): string {
    return this.exec(['sh', '-euc', script], input);
  }

  exec(command: readonly string[], input?: string | Buffer): string {
    return execFileSync('nsenter', this.enter(command), {
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 64 * 1024 * 1024,
      ...(input === undefined ? {} : { input }),
    });
  }

  /** Gives a device an address that is good at once: IPv6 would first ask whether somebody has it. */
  addAddress(device: string, address: Address, length?: number): void {
    const text = length === undefined ? String(address) : `${address}/${length}`;
    this.exec(['ip', 'address', 'add', text, 'dev', device, ...(address.family === 6 ? ['nodad'] : [])]);
  }

  /** Starts a program inside and waits for its first output. */
  async start(command: readonly string[]): Promise<ChildProcess> {
    const child = spawn('nsenter', this.enter(command), { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${String(code)}`)));
    });
    return child;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.keeper.once('exit', resolve));
    this.keeper.stdin?.end();
    await ended;
  }

  /** How a command is run inside. */
  enter(command: readonly string[]): string[] {
    return ['--target', String(this.pid), '--net', '--mount', '--uts', '--', ...command];
  }
}
