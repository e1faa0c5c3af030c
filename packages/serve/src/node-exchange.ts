import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServerAnswer, ServerRequest } from "./exchange.ts";
import { bodyCut, bodyTooLarge } from "./refused-request.ts";

/** A client that goes on sending what nobody reads has so long to see the answer, in milliseconds. */
const goingOnMilliseconds = 500;

export function nodeRequest(incoming: IncomingMessage): ServerRequest {
  return {
    method: incoming.method ?? "GET",
    path: pathOf(incoming.url ?? "/"),
    header(name) {
      const value = incoming.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
    async body(mostBytes) {
      // Whoever says a length that is too large need not be read.
      if (Number(incoming.headers["content-length"]) > mostBytes) throw bodyTooLarge(mostBytes);
      return bodyWithin(incoming, mostBytes);
    },
  };
}

function pathOf(url: string): string {
  const path = url.startsWith("/") ? url : pathOfAddress(url);
  const query = path.indexOf("?");
  return query < 0 ? path : path.slice(0, query);
}

/** Requests to a proxy have a whole address. */
const pathOfAddress = (url: string) => (URL.canParse(url) ? new URL(url).pathname : url);

async function bodyWithin(incoming: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  return new Promise((settle, fail) => {
    const parts: Buffer[] = [];
    let length = 0;
    incoming.on("data", (part: Buffer) => {
      length += part.length;
      if (length > mostBytes) fail(bodyTooLarge(mostBytes));
      else parts.push(part);
    });
    incoming.on("end", () => settle(parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
    // Node tells an error only where somebody listens to it; then it closes, too.
    incoming.on("close", () => {
      if (!incoming.readableEnded) fail(bodyCut());
    });
  });
}

interface Writing {
  /** Ends the connection. */
  readonly isLast: boolean;
  /** A client that takes nothing of the answer for so long loses the connection: otherwise it would hold it for ever. */
  readonly unreadMilliseconds: number;
}

export function writeAnswer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body }: ServerAnswer,
  { isLast, unreadMilliseconds }: Writing,
): void {
  // Nobody is there to be told.
  if (outgoing.destroyed) return;
  if (isLast) outgoing.shouldKeepAlive = false;
  if (!incoming.complete) outgoing.once("finish", () => endUnread(incoming));
  outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  outgoing.end(body);
  // Most answers are with the system by now.
  if (outgoing.socket?.writableLength !== 0) outgoing.setTimeout(unreadMilliseconds);
}

/** Of what is not an answer: an app of `createApp` always has one, one that a program has put before it may not. */
export function writeFailure(outgoing: ServerResponse, error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
  outgoing.shouldKeepAlive = false;
  outgoing.writeHead(500).end();
}

function endUnread(incoming: IncomingMessage): void {
  const end = () => {
    if (!incoming.complete) incoming.destroy();
  };
  setTimeout(end, goingOnMilliseconds).unref();
}
