import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServeApp } from "./app.ts";
import { nodeRequest, writeAnswer, writeFailure } from "./node-exchange.ts";

export interface ListenOptions {
  /** Left out: 8080. 0: any that is free. */
  readonly port?: number;
  /** Left out: 127.0.0.1, which only this machine reaches. */
  readonly host?: string;
  /** Requests in flight have so long to end once the server closes, in milliseconds; left out: 10,000. */
  readonly drainMilliseconds?: number;
  /** A client has so long to send the headers of a request, in milliseconds; left out: 10,000. Then it gets 408, and the connection ends. */
  readonly headersMilliseconds?: number;
  /** The same for a whole request with its body, and for a client that takes nothing of its answer; left out: 30,000. */
  readonly requestMilliseconds?: number;
  /** Most connections at a time; further ones end at once. Left out: as many as the system allows. */
  readonly connections?: number;
}

export interface Listening {
  /** Without a slash at the end. */
  readonly address: string;
  /** Takes no new request, ends those in flight, and settles. */
  close(): Promise<void>;
}

/** Answers over HTTP. @throws where the port is taken or the host is not one of this machine */
export async function listen(
  app: Pick<ServeApp, "answer">,
  { port = 8080, host = "127.0.0.1", drainMilliseconds = 10_000, ...bounds }: ListenOptions = {},
): Promise<Listening> {
  let closing: Promise<void> | undefined;
  const limits = timeLimits(bounds);
  const server = createServer(limits, (incoming, outgoing) => {
    app
      .answer(nodeRequest(incoming))
      // A connection that is kept alive would bring the next request to a server that is closing.
      .then((answer) =>
        writeAnswer(incoming, outgoing, answer, {
          isLast: closing !== undefined,
          unreadMilliseconds: limits.requestTimeout,
        }),
      )
      .catch((error: unknown) => writeFailure(outgoing, error));
  });
  if (bounds.connections !== undefined) server.maxConnections = bounds.connections;
  await new Promise<void>((settle, fail) => {
    server.once("error", fail);
    server.listen(port, host, settle);
  });
  const close = async () => {
    // This closes connections that wait for nothing, too.
    const ended = new Promise<void>((settle) => {
      server.close(() => settle());
    });
    const late = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
    await ended;
    clearTimeout(late);
  };
  return { address: addressOf(server.address() as AddressInfo), close: () => (closing ??= close()) };
}

/** Node looks every so often for connections that have taken too long. */
function timeLimits({ headersMilliseconds = 10_000, requestMilliseconds = 30_000 }: ListenOptions) {
  const shortest = Math.min(headersMilliseconds, requestMilliseconds);
  return {
    headersTimeout: shortest,
    requestTimeout: requestMilliseconds,
    connectionsCheckingInterval: Math.ceil(shortest / 4),
  };
}

function addressOf({ address, family, port }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Settles once the process was told to end (SIGTERM, SIGINT) and every request in flight was answered. */
export async function closedBySignal(listening: Listening): Promise<void> {
  await new Promise<void>((told) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => told());
  });
  await listening.close();
}
