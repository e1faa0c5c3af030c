import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface WebRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What goes wrong with one answer; `at` is the part of the body that still arrives. */
export type WebFault =
  /** The connection is closed before an answer, or within the body. */
  | { readonly kind: "reset" }
  | { readonly kind: "cut"; readonly at: number }
  /** The answer is shorter, and its length says so. */
  | { readonly kind: "short"; readonly at: number }
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** The code in the body, as S3 gives one. */
      readonly code?: string;
    }
  /** The same headers and length, but other bytes. */
  | { readonly kind: "spoil" }
  /** "Not modified", which has no body, with other bytes behind it. */
  | { readonly kind: "unmodified" }
  /** No answer at all. */
  | { readonly kind: "hang" }
  /** Something else happens before the answer, such as another program that writes the file. */
  | { readonly kind: "first"; readonly act: () => void | Promise<void> };

export interface WebServer {
  readonly origin: string;
  /** All requests so far, in the order in which they came. */
  readonly requests: WebRequest[];
  /** Decides what goes wrong with a request; `null`: nothing. */
  fault: (request: WebRequest) => WebFault | null;
  close(): Promise<void>;
}

/** A server on loopback that answers as it is told, with faults. */
export async function startWebServer(
  answer: (request: WebRequest, message: IncomingMessage) => Promise<WebAnswer> | WebAnswer,
  { host = "127.0.0.1", secure = null as { key: string; cert: string } | null } = {},
): Promise<WebServer> {
  const server: WebServer = {
    origin: "",
    requests: [],
    fault: () => null,
    close: () =>
      new Promise((resolve) => {
        listening.close(() => resolve());
        listening.closeAllConnections();
      }),
  };
  const serve = async (message: IncomingMessage, response: ServerResponse) => {
    const request = { method: message.method ?? "GET", path: message.url ?? "/", headers: message.headers };
    server.requests.push(request);
    const fault = server.fault(request);
    if (fault?.kind === "first") await fault.act();
    send(request, response, await answer(request, message), fault);
  };
  const listener = (message: IncomingMessage, response: ServerResponse) => {
    serve(message, response).catch(() => response.destroy());
  };
  const listening = secure === null ? createServer(listener) : createSecureServer(secure, listener);
  await new Promise<void>((resolve) => void listening.listen(0, host, resolve));
  const { port } = listening.address() as AddressInfo;
  return Object.assign(server, { origin: `${secure === null ? "http" : "https"}://${host}:${port}` });
}

function send({ method }: WebRequest, response: ServerResponse, answer: WebAnswer, fault: WebFault | null): void {
  const { status, headers, body } = answer;
  const has = method !== "HEAD";
  const isChunked = headers["transfer-encoding"] === "chunked";
  const length: Record<string, string> = isChunked ? {} : { "content-length": String(body.length) };
  switch (fault?.kind) {
    case "hang":
      return;
    case "reset":
      response.destroy();
      return;
    case "status": {
      const said = Buffer.from(`<Error><Code>${fault.code ?? "Injected"}</Code></Error>`);
      response.writeHead(fault.status, { "content-length": String(said.length), ...fault.headers });
      response.end(fault.status === 304 ? undefined : said);
      return;
    }
    case "unmodified": {
      const told = Object.entries({ ...headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`);
      response.socket?.write(`HTTP/1.1 304 Not Modified\r\n${told.join("")}\r\n`);
      response.socket?.end(body.map((byte) => byte ^ 1));
      return;
    }
    case "cut":
      response.writeHead(status, { ...headers, ...length });
      response.write(body.subarray(0, Math.floor(body.length * fault.at)), () => response.destroy());
      return;
    case "short": {
      const part = body.subarray(0, Math.floor(body.length * fault.at));
      response.writeHead(status, { ...headers, "content-length": String(part.length) });
      response.end(has ? part : undefined);
      return;
    }
    case "spoil":
      response.writeHead(status, { ...headers, ...length });
      response.end(has ? body.map((byte, i) => (i === body.length >> 1 ? byte ^ 1 : byte)) : undefined);
      return;
    default:
      response.writeHead(status, { ...headers, ...length });
      response.end(has ? body : undefined);
  }
}

/** A file of a server, and what the server says of it. */
export interface WebFile {
  readonly content: string | Uint8Array;
  /** Left out: the md5 of the content; `null`: none is sent. */
  readonly etag?: string | null;
  readonly lastModified?: string;
  /** The bearer token that is asked for. */
  readonly token?: string;
}

/** Answers HEAD and GET as a web server does, with Range and If-Range. A text is where to go instead. */
export function webFiles(files: ReadonlyMap<string, WebFile | string>): (request: WebRequest) => WebAnswer {
  return ({ path, headers }) => {
    const file = files.get(path.replace(/\?.*/, ""));
    if (file === undefined) return plainAnswer(404);
    if (typeof file === "string") return { ...plainAnswer(302), headers: { location: file } };
    if (file.token !== undefined && headers.authorization !== `Bearer ${file.token}`) return plainAnswer(401);
    const body = Buffer.from(file.content);
    const etag = file.etag === undefined ? `"${createHash("md5").update(body).digest("hex")}"` : file.etag;
    const told = {
      "accept-ranges": "bytes",
      ...(etag !== null && { etag }),
      ...(file.lastModified !== undefined && { "last-modified": file.lastModified }),
    };
    const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? NaN);
    const isSame = headers["if-range"] === undefined || headers["if-range"] === etag;
    if (Number.isNaN(from) || !isSame) return { status: 200, headers: told, body };
    if (from >= body.length) return { ...plainAnswer(416), headers: { "content-range": `bytes */${body.length}` } };
    const range = { "content-range": `bytes ${from}-${body.length - 1}/${body.length}` };
    return { status: 206, headers: { ...told, ...range }, body: body.subarray(from) };
  };
}

function plainAnswer(status: number): WebAnswer {
  return { status, headers: {}, body: Buffer.from(`status ${status}`) };
}

/** Hands requests on to another server. */
export function forwardTo(origin: string): (request: WebRequest) => Promise<WebAnswer> {
  return async ({ method, path, headers }) => {
    const { host: _, connection: __, ...rest } = headers;
    const given = Object.entries(rest).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: given as [string, string][],
      redirect: "manual",
    });
    const { "content-length": ___, "transfer-encoding": ____, ...told } = Object.fromEntries(answer.headers);
    return { status: answer.status, headers: told, body: new Uint8Array(await answer.arrayBuffer()) };
  };
}
