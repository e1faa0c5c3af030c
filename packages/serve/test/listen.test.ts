import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { madeRecords } from "../../runtime/src/made-records.fixture.ts";
import { createApp, pinned, type AppOptions, type RequestLimits, type ServeApp } from "../src/index.ts";
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

function promised() {
  let keep = () => {};
  const kept = new Promise<void>((settle) => (keep = settle));
  return { kept, keep: () => keep() };
}

const head = "POST /models/birdstrikes/predict HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n";

it("ends connections whose headers or body do not come, and answers others meanwhile", async () => {
  const { address, port } = await listening({ headersMilliseconds: 200, requestMilliseconds: 400 });

  const [headers, body] = await Promise.all([saying(port, head), saying(port, `${head}\r\n{"rec`)]);
  expect((await fetch(`${address}/v2/health/live`)).status).toBe(200);

  expect(await headers.told).toMatch(/^HTTP\/1\.1 408 /);
  expect(await body.told).toMatch(/^HTTP\/1\.1 408 /);
});

it("ends connections whose clients do not read their answer", { timeout: 10_000 }, async () => {
  // More than the system holds for a connection.
  const body = new Uint8Array(50_000_000);
  const app = { answer: async () => ({ status: 200, headers: {}, body }) };
  const { address, close } = await listen(app, { port: 0, requestMilliseconds: 300 });
  onTestFinished(close);
  const { socket, told } = await saying(Number(new URL(address).port), "");

  socket.pause();
  socket.write("GET / HTTP/1.1\r\nHost: here\r\n\r\n");
  await new Promise((resolve) => setTimeout(resolve, 1200));
  socket.resume();

  expect((await told).length).toBeLessThan(body.length);
});

it(
  "closes connections that wait for nothing at once, and the others with their answer",
  { timeout: 10_000 },
  async () => {
    const version = await madeLoaded("linear, binary");
    const [begun, go] = [promised(), promised()];
    const predictMany: typeof version.predictMany = async (rows) => {
      begun.keep();
      await go.kept;
      return version.predictMany(rows);
    };
    const { address, close } = await listen(createApp([pinned({ ...version, predictMany })]), { port: 0 });
    const port = Number(new URL(address).port);
    const idle = await saying(port, "GET /version HTTP/1.1\r\nHost: here\r\n\r\n");
    await once(idle.socket, "data");
    const body = JSON.stringify({ records: madeRecords(1, 5) });
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    const working = await saying(
      port,
      `POST /models/birdstrikes/predict HTTP/1.1\r\nHost: here\r\n${length}\r\n\r\n${body}`,
    );
    await begun.kept;

    const closed = close();
    expect(await idle.told).toMatch(/Connection: keep-alive/);
    go.keep();

    expect(await working.told).toMatch(/^HTTP\/1\.1 200 [^]*Connection: close/);
    await closed;
  },
);

it("gives requests in flight the time that it is told, and no more", { timeout: 10_000 }, async () => {
  const { address, close } = await listen({ answer: () => new Promise(() => {}) }, { port: 0, drainMilliseconds: 100 });
  const { told } = await saying(Number(new URL(address).port), "GET / HTTP/1.1\r\nHost: here\r\n\r\n");

  await close();

  expect(await told).toBe("");
});

it.each<[what: string, answer: ServeApp["answer"]]>([
  ["is an error", async () => Promise.reject(new Error("odd"))],
  ["cannot be written", async () => ({ status: 200, headers: { a: "b\r\nc: d" }, body: "" })],
])("goes on where the answer of a program %s, and says what it was", { timeout: 10_000 }, async (_what, answer) => {
  const { address, close } = await listen({ answer }, { port: 0 });
  onTestFinished(close);
  const warned = once(process, "warning");

  expect((await fetch(address)).status).toBe(500);
  expect(String((await warned)[0])).toMatch(/odd|Invalid character/);
  expect((await fetch(address)).status).toBe(500);
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

it(
  "counts the bytes of a body whose length is not said, and ends a connection that goes on sending",
  { timeout: 5000 },
  async () => {
    const { port } = await listening({}, { bodyBytes: 1000 });
    const chunked = "POST /models/birdstrikes/predict HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n";
    const chunk = (bytes: number) => `${bytes.toString(16)}\r\n${"x".repeat(bytes)}\r\n`;

    const { told } = await saying(port, chunked + chunk(600) + chunk(401));

    expect(await told).toMatch(/^HTTP\/1\.1 413 [^]*"body-too-large"/);
  },
);

it("takes no harm from clients that go away, and calls it no defect", async () => {
  const defects: unknown[] = [];
  const { address, port } = await listening({}, { onError: (error) => defects.push(error) });

  const { socket } = await saying(port, `${head}\r\n{"rec`);
  socket.destroy();
  const calls = async () => (await (await fetch(`${address}/metrics`)).text()).match(/^refit_requests_total.*$/gm);

  await expect.poll(calls).toEqual(['refit_requests_total{model="birdstrikes",call="predict",status="400"} 1']);
  expect(defects).toEqual([]);
});
