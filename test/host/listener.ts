import type { ChildProcess } from 'node:child_process';
import type { Namespace } from './namespace';

/** What was on the wire: frames of the tunnels, of neighbour discovery and multicast groups, and all others in hexadecimal. */
export interface Heard {
  readonly tunnel: number;
  readonly neighbours: number;
  readonly others: readonly string[];
  readonly marked: number;
  readonly largest: number;
}

const LISTENER = `
import json, select, socket, sys
port, mark = int(sys.argv[1]), bytes.fromhex(sys.argv[2])
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
wire.setsockopt(socket.SOL_SOCKET, 33, 64 * 1024 * 1024)
heard = dict(tunnel=0, neighbours=0, others=[], marked=0, largest=0)
def take():
    frame = wire.recv(65535, socket.MSG_DONTWAIT)
    kind, body = frame[12:14], frame[14:]
    heard['marked'] += mark in frame
    if kind == b'\\x08\\x06':
        heard['neighbours'] += 1
        return
    if kind == b'\\x08\\x00': protocol, rest, fragment = body[9], body[(body[0] & 15) * 4:], body[6] & 63 or body[7]
    elif kind == b'\\x86\\xdd': protocol, rest, fragment = body[6], body[40:], False
    else:
        heard['others'].append(frame.hex())
        return
    heard['largest'] = max(heard['largest'], len(body))
    if protocol == 17 and not fragment and port in (int.from_bytes(rest[0:2], 'big'), int.from_bytes(rest[2:4], 'big')): heard['tunnel'] += 1
    elif protocol == 2 or protocol == 58 and rest[0] >= 130 or protocol == 0 and kind == b'\\x86\\xdd': heard['neighbours'] += 1
    else: heard['others'].append(frame.hex())
print('listening', flush=True)
while sys.stdin not in select.select([wire, sys.stdin], [], [])[0]: take()
try:
    while True: take()
except BlockingIOError: pass
print(json.dumps(heard), flush=True)
`;

/** Hears every frame on a host's interfaces, from here on. */
export class Listener {
  private constructor(private readonly process: ChildProcess) {}

  static async open(on: Namespace, port: number, mark: string): Promise<Listener> {
    return new Listener(await on.start(['python3', '-c', LISTENER, String(port), mark]));
  }

  /** Ends, and tells what was heard until now. */
  async close(): Promise<Heard> {
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error('the listener has no pipes');
    let text = '';
    stdout.on('data', (data: Buffer) => (text += data.toString()));
    const ended = new Promise((resolve) => stdout.once('end', resolve));
    stdin.end();
    await ended;
    return JSON.parse(text) as Heard;
  }
}
