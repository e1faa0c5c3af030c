import type { Duplex } from "node:stream";
import type { Client } from "pg";
import { PassingFault } from "../remote/patience.ts";

type Listener = (...args: unknown[]) => void;

/**
 * Makes what the library cannot understand of an answer an end of the connection, which whoever waits for the answer is told
 * of. The library reads messages in a listener of the socket; what it throws there would end the process.
 */
export function guarded(client: Client): Client {
  const connection = client.connection as unknown as { attachListeners(stream: Pick<Duplex, "on">): void };
  const attach = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => {
    const on = (event: string, listener: Listener) => stream.on(event, safely(stream as Duplex, listener));
    attach({ on } as Pick<Duplex, "on">);
  };
  return client;
}

function safely(stream: Duplex, listener: Listener): Listener {
  return (...args) => {
    try {
      listener(...args);
    } catch {
      // What was thrown can quote the answer.
      stream.destroy(new PassingFault("the database sent something that is not an answer"));
    }
  };
}
