import type { ChildProcess } from 'node:child_process';
import type { Address } from '../../lib/net/address';
import type { Namespace } from './namespace';

const SERVER = `
import socket, sys
six = ':' in sys.argv[1]
door = socket.create_server((sys.argv[1], int(sys.argv[2])), family=socket.AF_INET6 if six else socket.AF_INET)
print('listening', flush=True)
guest, _ = door.accept()
while data := guest.recv(100): guest.sendall(data)
`;

const CLIENT = `
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=20) as line:
    print('connected', flush=True)
    for word in sys.stdin:
        line.sendall(word.encode())
        print(line.recv(100).decode(), end='', flush=True)
`;

/** A TCP connection that is kept open between two hosts, whatever happens to them meanwhile. */
export class Line {
  private constructor(
    private readonly server: ChildProcess,
    private readonly client: ChildProcess,
  ) {}

  static async open(from: Namespace, to: Namespace, address: Address, port: number): Promise<Line> {
    const where = [String(address), String(port)];
    const server = await to.start(['python3', '-c', SERVER, ...where]);
    return new Line(server, await from.start(['python3', '-c', CLIENT, ...where]));
  }

  /** Sends a word and gives what the other end makes of it: the same, while the connection holds. */
  async say(word: string): Promise<string> {
    this.client.stdin?.write(`${word}\n`);
    for (let told = ''; ; ) {
      told += await this.more();
      const [line] = told.split('\n').filter((one) => one !== '');
      if (line !== undefined && told.endsWith('\n')) return line;
    }
  }

  private async more(): Promise<string> {
    return new Promise((resolve) => {
      const ended = (code: number | null) => resolve(`the connection ended with ${String(code)}\n`);
      this.client.once('exit', ended);
      this.client.stdout?.once('data', (data: Buffer) => {
        this.client.off('exit', ended);
        resolve(data.toString());
      });
    });
  }

  close(): void {
    this.client.kill();
    this.server.kill();
  }
}
