import { bodyCut, bodyTooLarge } from "./refused-request.ts";

/** A request, whatever has brought it: Node's server, or a `Request` of a worker or another service. */
export interface ServerRequest {
  readonly method: string;
  /** As it was sent, with its percent signs; without the query. */
  readonly path: string;
  /** @param name in small letters */
  header(name: string): string | undefined;
  /** @throws RefusedRequest for more bytes than these, or where the client went away */
  body(mostBytes: number): Promise<Uint8Array>;
}

/** Its answer as a value, which either door writes in its own way. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

export const jsonAnswer = (body: object, status = 200): ServerAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export const textAnswer = (body: string, type = "text/plain; charset=UTF-8"): ServerAnswer => ({
  status: 200,
  headers: { "content-type": type },
  body,
});

export function requestOf(request: Request): ServerRequest {
  return {
    method: request.method,
    path: new URL(request.url).pathname,
    header: (name) => request.headers.get(name) ?? undefined,
    async body(mostBytes) {
      // Whoever says a length that is too large need not be read.
      if (Number(request.headers.get("content-length")) > mostBytes) throw bodyTooLarge(mostBytes);
      return request.body === null ? new Uint8Array() : readWithin(request.body.getReader(), mostBytes);
    },
  };
}

async function readWithin(reader: ReadableStreamDefaultReader<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const next = async () =>
    reader.read().catch(() => {
      throw bodyCut();
    });
  for (let part = await next(); !part.done; part = await next()) {
    length += part.value.length;
    if (length > mostBytes) {
      await reader.cancel();
      throw bodyTooLarge(mostBytes);
    }
    parts.push(part.value);
  }
  return joinedBytes(parts);
}

export function joinedBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function responseOf({ status, headers, body }: ServerAnswer, method: string): Response {
  return new Response(method === "HEAD" ? null : body, { status, headers });
}
