import { createServer } from "node:http";
import { createHash } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Files } from "./versions.ts";

/** What goes wrong at an address: an answer cut after its length was said, one that ends early and says so by nothing, no answer. */
export type AddressFault = "none" | "cut" | "short" | "unavailable";

export interface ServedAddress {
  readonly address: string;
  put(files: Files): void;
  /** Hits that many requests that come after it. */
  fail(fault: AddressFault): void;
}

/** Files over HTTP, each with an ETag of its content. */
export async function servedAddress(first: Files): Promise<ServedAddress> {
  let files = first;
  let fault: AddressFault = "none";
  const server = createServer((request, response) => {
    const bytes = files.get(decodeURIComponent(request.url!).replace("/live/", ""));
    if (fault === "unavailable") return void response.writeHead(503).end();
    if (bytes === undefined) return void response.writeHead(404).end();
    const etag = `"${createHash("sha256").update(bytes).digest("hex")}"`;
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304, { etag }).end();
    if (fault === "none") return void response.writeHead(200, { etag, "content-length": bytes.length }).end(bytes);
    const part = bytes.subarray(0, bytes.length >> 1);
    // As proxies of HTTP/1.0 do: the body ends where the connection does.
    const said = fault === "cut" ? `Content-Length: ${bytes.length}\r\n` : "";
    const head = `HTTP/1.1 200 OK\r\nETag: ${etag}\r\n${said}Connection: close\r\n\r\n`;
    request.socket.end(Buffer.concat([Buffer.from(head), part]));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/live`,
    put: (next) => void (files = next),
    fail: (next) => void (fault = next),
  };
}
