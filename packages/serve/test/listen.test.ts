import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createApp, pinned, type AppOptions, type RequestLimits } from "../src/index.ts";
import { listen, type ListenOptions } from "../src/node.ts";
import { madeLoaded } from "./support/served.ts";

async function listening(options: ListenOptions, { onError, ...limits }: Limits = {}) {
  const app = createApp([pinned(await madeLoaded("linear, binary"))], { limits, ...(onError && { onError }) });
  const { address, close } = await listen(app, { port: 0, ...options });
  onTestFinished(close);
  return { address, port: Number(new URL(address).port) };
}

type Limits = Partial<RequestLimits> & Pick<AppOptions, "onError">;

/** A client that says this and then nothing more. @returns what it was told until the connection ended */
async function saying(
  port: number,
  text: string,
): Promise<{ readonly socket: Socket; readonly told: Promise<string> }> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  await once(socket, "connect");
  socket.write(text);
  let said = "";
  socket.setEncoding("latin1").on("data", (part: string) => (said += part));
  return { socket, told: once(socket, "close").then(() => said) };
}

const head = "POST /models/birdstrikes/predict HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n";

it("ends connections whose headers or body do not come, and answers others meanwhile", async () => {
  const { address, port } = await listening({ headersMilliseconds: 200, requestMilliseconds: 400 });

  const [headers, body] = await Promise.all([saying(port, head), saying(port, `${head}\r\n{"rec`)]);
  expect((await fetch(`${address}/v2/health/live`)).status).toBe(200);

  expect(await headers.told).toMatch(/^HTTP\/1\.1 408 /);
  await body.told;
});

it("answers within its limit where a body does not come to its end", async () => {
  const { port } = await listening({}, { milliseconds: 100 });

  const { socket } = await saying(port, `${head}\r\n{"rec`);
  const [answer] = (await once(socket, "data")) as [string];

  expect(answer).toMatch(/^HTTP\/1\.1 503 [^]*"took-too-long"/);
});

it("takes no more connections than it is told", async () => {
  const { address, port } = await listening({ connections: 1 });
  const first = await saying(port, head);

  const second = await saying(port, head);
  expect(await second.told).toBe("");
  first.socket.destroy();
  await first.told;

  await expect.poll(async () => (await fetch(`${address}/v2/health/live`).catch(() => null))?.status).toBe(200);
});

it("tells a port that is taken by its code", async () => {
  const { port } = await listening({});

  await expect(listening({ port })).rejects.toMatchObject({ code: "EADDRINUSE", port });
});

it("counts the bytes of a body whose length is not said, and ends a connection that goes on sending", async () => {
  const { port } = await listening({}, { bodyBytes: 1000 });
  const chunked = "POST /models/birdstrikes/predict HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n";
  const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;

  const { told } = await saying(port, chunked + chunk(600) + chunk(401));

  expect(await told).toMatch(/^HTTP\/1\.1 413 [^]*"body-too-large"/);
});

it("takes no harm from clients that go away, and calls it no defect", async () => {
  const defects: unknown[] = [];
  const { address, port } = await listening({}, { onError: (error) => defects.push(error) });

  const { socket } = await saying(port, `${head}\r\n{"rec`);
  socket.destroy();
  const calls = async () => (await (await fetch(`${address}/metrics`)).text()).match(/^refit_requests_total.*$/gm);

  await expect.poll(calls).toEqual(['refit_requests_total{model="birdstrikes",call="predict",status="400"} 1']);
  expect(defects).toEqual([]);
});

it.each<[what: string, request: string, answer: RegExp]>([
  ["HEAD as GET without its body", "HEAD /version", /^HTTP\/1\.1 200 [^]*content-length: 5\r\n[^]*\r\n\r\n$/],
  ["a whole address", "GET http://elsewhere/version?a=/", /^HTTP\/1\.1 200 [^]*\r\n\r\n0\.1\.0$/],
  ["what is no path", "OPTIONS *", /^HTTP\/1\.1 404 [^]*"no-such-path"/],
  ["an address that is none", "GET http://[", /^HTTP\/1\.1 404 [^]*"no-such-path"/],
])("reads %s", async (_what, request, answer) => {
  const { port } = await listening({});

  const { told } = await saying(port, `${request} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n`);

  expect(await told).toMatch(answer);
});
