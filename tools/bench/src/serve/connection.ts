import { once } from "node:events";
import { connect } from "node:net";

/** A request, written once and sent often. */
export interface Sent {
  readonly path: string;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One connection that is kept alive, with as little between the two as there can be: what is measured is the server. */
export interface Connection {
  /** @returns the body of the answer @throws where its status is another than 200 */
  send(request: Buffer): Promise<Buffer>;
  close(): void;
}

export function requestBytes({ path, type, body, headers = {} }: Sent): Buffer {
  const bytes = Buffer.from(body);
  const all = { host: "127.0.0.1", "content-type": type, "content-length": String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), bytes]);
}

export async function connected(port: number): Promise<Connection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  let waiting: { settle: (body: Buffer) => void; fail: (error: Error) => void } | null = null;
  let parts: Buffer[] = [];
  let missing = -1;
  socket.on("data", (chunk: Buffer) => {
    parts.push(chunk);
    if (missing < 0) {
      const all = Buffer.concat(parts);
      const end = all.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = all.toString("latin1", 0, end);
      const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
      if (length === undefined || !head.startsWith("HTTP/1.1 200")) {
        waiting?.fail(new Error(all.toString("utf8", 0, 600)));
        return;
      }
      missing = Number(length) - (all.length - end - 4);
      parts = [all.subarray(end + 4)];
    } else missing -= chunk.length;
    if (missing > 0) return;
    const body = Buffer.concat(parts);
    [parts, missing] = [[], -1];
    waiting!.settle(body);
  });
  return {
    send: async (request) =>
      new Promise((settle, fail) => {
        waiting = { settle, fail };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
