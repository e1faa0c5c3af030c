import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createApp, pinned } from "../src/index.ts";
import { listen, type ListenOptions } from "../src/node.ts";
import { madeLoaded } from "./support/served.ts";

async function listening(options: ListenOptions, milliseconds = 10_000) {
  const app = createApp([pinned(await madeLoaded("linear, binary"))], { limits: { milliseconds } });
  const { address, close } = await listen(app, { port: 0, ...options });
  onTestFinished(close);
  return { address, port: Number(new URL(address).port) };
}

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
  const { port } = await listening({}, 100);

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
