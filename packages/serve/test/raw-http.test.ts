import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { madeRecords } from "../../runtime/src/made-records.fixture.ts";
import { createApp, pinned } from "../src/index.ts";
import { listen, type Listening } from "../src/node.ts";
import { madeLoaded } from "./support/served.ts";

const mostBytes = 20_000;
const predict = "/models/birdstrikes/predict";
let server: Listening;
const defects: unknown[] = [];

beforeAll(async () => {
  const app = createApp([pinned(await madeLoaded("linear, binary"))], {
    limits: { bodyBytes: mostBytes },
    onError: (error) => defects.push(error),
  });
  server = await listen(app, { port: 0 });
});
afterAll(async () => server.close());

/** Sends these bytes on a connection of their own. @returns all that came back until the server ended it */
async function said(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.address).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(bytes);
  let told = "";
  socket.setEncoding("latin1").on("data", (part: string) => (told += part));
  await once(socket, "close");
  return told;
}

const last = "Connection: close\r\n";
const head = (line: string, headers = last) => `${line} HTTP/1.1\r\nHost: here\r\n${headers}\r\n`;
function post(body: string, headers = last, path = predict): string {
  return head(`POST ${path}`, `Content-Length: ${Buffer.byteLength(body)}\r\n${headers}`) + body;
}
const chunked = (body: string) =>
  head(`POST ${predict}`, `Transfer-Encoding: chunked\r\n${last}`) +
  `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
const [record] = madeRecords(1, 5);
const rows = JSON.stringify({ records: [record] });
const withColumns = (text: string) => JSON.stringify({ records: [record] }).replace("[{", `[{${text},`);

describe("bytes as any client may send them", () => {
  it.each<[what: string, bytes: string, answer: RegExp]>([
    ["a body", post(rows), /^HTTP\/1\.1 200 /],
    ["a chunked body", chunked(rows), /^HTTP\/1\.1 200 /],
    ["a chunked body over the limit", chunked("x".repeat(mostBytes + 1)), /^HTTP\/1\.1 413 [^]*"body-too-large"/],
    [
      "a length over the limit, before any of it has come",
      head(`POST ${predict}`, `Content-Length: ${mostBytes + 1}\r\n`),
      /^HTTP\/1\.1 413 [^]*"body-too-large"/,
    ],
    ["HEAD", head("HEAD /version"), /^HTTP\/1\.1 200 [^]*content-length: 5\r\n[^]*\r\n\r\n$/],
    ["HEAD of what is not there", head("HEAD /x"), /^HTTP\/1\.1 404 [^]*\r\n\r\n$/],
    ["OPTIONS", head(`OPTIONS ${predict}`), /^HTTP\/1\.1 405 [^]*allow: POST\r\n/],
    ["OPTIONS of the server", head("OPTIONS *"), /^HTTP\/1\.1 404 [^]*"no-such-path"/],
    ["TRACE", head("TRACE /models"), /^HTTP\/1\.1 405 [^]*allow: GET\r\n/],
    [
      "a question before the body",
      post(rows, `Expect: 100-continue\r\n${last}`),
      /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /,
    ],
    ["another expectation", post(rows, `Expect: tea\r\n${last}`), /^HTTP\/1\.1 417 /],
    [
      "a wish for another protocol",
      head("GET /version", `Upgrade: websocket\r\nConnection: upgrade, close\r\n`),
      /^HTTP\/1\.1 200 /,
    ],
    ["a tunnel", head("CONNECT there:443"), /^$/],
    ["no host", "GET /version HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400 /],
    ["the protocol before", "GET /version HTTP/1.0\r\n\r\n", /^HTTP\/1\.1 200 /],
    ["no HTTP", "\x16\x03\x01\x02\x00", /^HTTP\/1\.1 400 /],
    ["two lengths", head(`POST ${predict}`, `Content-Length: 2\r\nContent-Length: 3\r\n`) + "{}", /^HTTP\/1\.1 400 /],
    [
      "a length and chunks",
      head(`POST ${predict}`, `Content-Length: 2\r\nTransfer-Encoding: chunked\r\n`),
      /^HTTP\/1\.1 400 /,
    ],
    ["a length that is not one", head(`POST ${predict}`, "Content-Length: 1e3\r\n"), /^HTTP\/1\.1 400 /],
    ["long headers", head("GET /version", `a: ${"x".repeat(20_000)}\r\n`), /^HTTP\/1\.1 431 /],
    ["broken JSON", post('{"records": [{]}'), /^HTTP\/1\.1 400 [^]*"body-invalid"/],
    ["bytes that are not a text", post("\xff\xfe"), /^HTTP\/1\.1 400 [^]*"body-invalid"/],
    ["no body", post(""), /^HTTP\/1\.1 400 [^]*"body-invalid"/],
    ["deep JSON", post("[".repeat(mostBytes)), /^HTTP\/1\.1 400 [^]*"body-invalid"/],
    // `__proto__` is a column of the model itself.
    [
      "columns with names of JavaScript",
      post(withColumns('"hasOwnProperty":{"a":1},"constructor":2')),
      /^HTTP\/1\.1 200 [^]*"ignored":\{"count":2,"names":\["hasOwnProperty","constructor"\]\}/,
    ],
    ["models with such names", post(rows, last, "/models/__proto__/predict"), /^HTTP\/1\.1 404 [^]*"no-such-model"/],
    [
      "a name with lines",
      head("GET /models/a%0d%0aSet-Cookie:%20x"),
      /^HTTP\/1\.1 404 (?![^]*\r\nSet-Cookie)[^]*a\\\\r\\\\nSet-Cookie/,
    ],
    [
      "an id with other signs",
      head("GET /version", `X-Request-Id: a\tb\r\n${last}`),
      /^HTTP\/1\.1 200 [^]*x-request-id: [0-9a-f-]{36}\r\n/,
    ],
    ["percent signs", head("GET /m%6Fdels/bird%73trikes"), /^HTTP\/1\.1 200 /],
    ["half a percent sign", head("GET /models/%zz"), /^HTTP\/1\.1 404 [^]*"no-such-model"/],
    ["a way up", head("GET /models/../version"), /^HTTP\/1\.1 404 [^]*"no-such-path"/],
    ["a whole address", head("GET http://elsewhere/version?a=/"), /^HTTP\/1\.1 200 [^]*\r\n\r\n0\.1\.0$/],
    ["a query", head("GET /version?a=1"), /^HTTP\/1\.1 200 /],
    [
      "two requests at once",
      head("GET /version", "") + head("GET /models"),
      /^HTTP\/1\.1 200 [^]*\r\n\r\n0\.1\.0HTTP\/1\.1 200 [^]*"models"/,
    ],
    ["a request behind one that is refused", post("{", "") + post(rows), /^HTTP\/1\.1 400 [^]*\}HTTP\/1\.1 200 /],
  ])("%s", async (_what, bytes, answer) => {
    expect(await said(bytes)).toMatch(answer);
    expect(defects.splice(0)).toEqual([]);
  });
});
