import { spawnSync } from "node:child_process";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { hashedKey, hashedShare, logEvents, predictionLog, type LogOptions, type LogSink } from "../src/index.ts";
import { logFolder } from "../src/node.ts";
import { madeLoaded, servedBy } from "./support/served.ts";

const churn = { version: "v7", stale: null, name: "churn" } as const;

/** Keeps lines in memory. */
function memory(): LogSink & { readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  return {
    lines,
    async write(texts) {
      lines.push(...texts.map(({ text }) => JSON.parse(text) as Record<string, unknown>));
    },
    async close() {},
  };
}

async function loggedServer(options: LogOptions = {}, sink: LogSink = memory()) {
  const version = await madeLoaded("trees, binary", "v7");
  const log = predictionLog(sink, options);
  const ask = await servedBy([{ ...churn, version }], { log });
  const record = Object.fromEntries(version.inputs.map(({ name }) => [name, null]));
  return { version, log, ask, record };
}

async function scratch(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "refit-log-"));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("the prediction log", () => {
  it("has a line for each row of each protocol, with what the model was asked and what it answered", async () => {
    const sink = memory();
    const { version, log, ask, record } = await loggedServer({}, sink);
    const [first] = version.inputs;
    const id = { "x-request-id": "r1" };

    const own = await ask("/models/churn/predict", { records: [record, record] }, id);
    await ask("/invocations", { dataframe_records: [record] }, { "x-request-id": "r2" });
    await log.close();

    expect(own.status).toBe(200);
    const [answer] = own.body["answers"] as { class: unknown; probabilities: unknown }[];
    expect(sink.lines.map((line) => line["id"])).toEqual(["r1/0", "r1/1", "r2"]);
    expect(sink.lines[0]).toEqual({
      format: 1,
      id: "r1/0",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      model: version.model,
      version: version.treeId,
      input: record,
      prediction: { class: answer!.class, probabilities: answer!.probabilities },
      microseconds: expect.any(Number),
    });
    expect(Object.keys(record)).toContain(first!.name);
    expect(log.counts).toEqual({ written: 3, dropped: 0, failed: 0, left: 0 });
  });

  it("leaves out what may not be written, and hides keys", async () => {
    const sink = memory();
    const omit = [(await madeLoaded("trees, binary")).inputs[0]!.name];
    const columns = () => ({ key: [["customer", "Customer No"]], omit });
    const { log, ask, record } = await loggedServer({ columns, keys: { salt: "s3" } }, sink);

    await ask("/models/churn/predict", { records: [{ ...record, customer: "c17" }] });
    await ask("/models/churn/predict", { columns: { ...lists(record), "Customer No": ["c17"] } });
    await ask("/models/churn/predict", { records: [record] });
    await log.close();

    const keys = sink.lines.map((line) => line["key"]);
    expect(keys).toEqual([await hashedKey(["c17"], "s3"), await hashedKey(["c17"], "s3"), undefined]);
    expect(sink.lines.map((line) => Object.keys(line["input"] as object))).toEqual(
      Array(3).fill(Object.keys(record).filter((name) => !omit.includes(name))),
    );
    expect(JSON.stringify(sink.lines)).not.toContain("c17");
  });

  // Nothing checks the columns of a key, and a list of one is a text to JavaScript.
  it.each([[{ toString: 1, valueOf: 1 }], [["c17"]], [{}]])("takes no key from %j, and goes on", async (customer) => {
    const sink = memory();
    const { log, ask, record } = await loggedServer(
      { columns: () => ({ key: [["customer"]], omit: [] }), keys: "plain" },
      sink,
    );

    await ask("/models/churn/predict", {
      records: [
        { ...record, customer },
        { ...record, customer: 17 },
      ],
    });
    await log.close();

    expect(sink.lines.map((line) => line["key"])).toEqual([undefined, "17"]);
  });

  it("says what keeps it from making lines, and goes on", async () => {
    const sink = memory();
    const told: unknown[] = [];
    let isKnown = false;
    const columns = () => {
      if (!isKnown) throw new Error("no such model yet");
      return { key: [], omit: [] };
    };
    const { log, ask, record } = await loggedServer({ columns, onError: (error) => told.push(String(error)) }, sink);

    await ask("/models/churn/predict", { records: [record] });
    await vi.waitFor(() => expect(log.counts.failed).toBe(1));
    isKnown = true;
    await ask("/models/churn/predict", { records: [record] });
    await log.close();

    expect(told).toEqual(["Error: no such model yet"]);
    expect(log.counts).toEqual({ written: 1, dropped: 0, failed: 1, left: 0 });
  });

  it("is closed without asking again and again what does not take its lines", async () => {
    let asked = 0;
    const dead: LogSink = {
      async write() {
        asked += 1;
        throw new Error("no answer");
      },
      async close() {},
    };
    const { log, ask, record } = await loggedServer({}, dead);
    const records = Array<typeof record>(1000).fill(record);

    await ask("/models/churn/predict", { records });
    await log.close();

    expect(asked).toBeLessThan(3);
    expect(log.counts).toEqual({ written: 0, dropped: 0, failed: 1000, left: 0 });
  });

  it("samples by a hash of the id, which other languages compute alike", async () => {
    const sink = memory();
    const { log, ask, record } = await loggedServer({ share: 0.3 }, sink);
    const ids = Array.from({ length: 40 }, (_, i) => `id-${i}`);

    for (const id of ids) await ask("/models/churn/predict", { records: [record] }, { "x-request-id": id });
    await log.close();

    const shares = ids.map(hashedShare);
    expect(sink.lines.map((line) => line["id"])).toEqual(ids.filter((_, i) => shares[i]! < 0.3));
    expect(log.counts.left + log.counts.written).toBe(40);
    // hashlib.sha256(b"id-0").hexdigest()[:13] as a number over 2**52, and hmac.new(b"s3", b'["c17"]', "sha256").hexdigest()
    expect(hashedShare("id-0")).toBe(0.6611509243622558);
    expect(await hashedKey(["c17"], "s3")).toBe("65bd42b9955a9442821191a8b4c814d800302ef46548b4c53db1e481dc7f4afb");
  });

  it("drops and counts what a slow sink has no room for, and delays no answer", async () => {
    let release = () => {};
    const isOpen = new Promise<void>((settle) => (release = settle));
    const slow: LogSink = { write: () => isOpen, close: async () => {} };
    const { log, ask, record } = await loggedServer({ mostRows: 5 }, slow);

    const answers = [];
    for (let i = 0; i < 8; i++) answers.push(await ask("/models/churn/predict", { records: [record, record] }));

    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(log.counts).toMatchObject({ written: 0, dropped: 12 });
    const { body } = await ask("/metrics");
    expect(body["text"]).toContain('refit_log_rows_total{outcome="dropped"} 12');
    release();
    await log.close();
    expect(log.counts).toMatchObject({ written: 4, dropped: 12 });
  });

  it("counts what could not be written, tells it once, and goes on", async () => {
    const errors: unknown[] = [];
    let isFull = true;
    const kept = memory();
    const sink: LogSink = {
      ...kept,
      async write(lines) {
        if (isFull) throw new Error("no space left on device");
        await kept.write(lines);
      },
    };
    const { log, ask, record } = await loggedServer({ onError: (error) => errors.push(error) }, sink);
    const send = async () => (await ask("/models/churn/predict", { records: [record] })).status;

    expect([await send(), await send()]).toEqual([200, 200]);
    await expect.poll(() => log.counts.failed, { timeout: 5000 }).toBe(2);
    isFull = false;
    expect(await send()).toBe(200);
    await log.close();

    expect(errors).toHaveLength(1);
    expect(log.counts).toEqual({ written: 1, dropped: 0, failed: 2, left: 0 });
    expect(kept.lines).toHaveLength(1);
  });
});

const lists = (record: object) => Object.fromEntries(Object.entries(record).map(([name, value]) => [name, [value]]));

/** A name space of its own for mounts is needed. */
const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;
const source = path.resolve(import.meta.dirname, "../src/log-file.ts");
const fillDisk = `
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { logFolder } from "./log-file.mjs";
const folder = process.argv[2];
const sink = logFolder(folder);
const line = (i, length) => ({ model: "churn", at: 0, id: String(i), text: JSON.stringify({ i, x: "x".repeat(length) }) });
writeFileSync(folder + "/ballast", "x".repeat(20000));
let failed = 0;
for (let i = 0; i < 100; i++) await sink.write([line(i, 1000)]).catch(() => failed++);
rmSync(folder + "/ballast");
await sink.write([line(-1, 1000)]);
await sink.close();
const [name] = readdirSync(folder + "/churn");
const lines = readFileSync(folder + "/churn/" + name, "utf8").split("\\n").slice(0, -1);
console.log(JSON.stringify({ failed, lines }));
`;

describe("a folder of log files", () => {
  it("has a file for each model and hour of this process, and git ignores it", async () => {
    const folder = await scratch();
    const sink = logFolder(folder);
    const at = Date.parse("2026-12-01T09:59:59.900Z");
    const line = (model: string, time: number, text: string) => ({ model, at: time, id: text, text });

    await sink.write([line("churn", at, "1"), line("team/strikes", at, "2"), line("churn", at + 200, "3")]);
    await sink.write([line("churn", at + 300, "4")]);
    await sink.close();

    expect(await readFile(path.join(folder, ".gitignore"), "utf8")).toBe("*\n");
    const files = await filesIn(folder);
    expect(Object.keys(files).map((name) => name.replace(/-[0-9a-f]{8}\.jsonl$/, ""))).toEqual([
      "churn/2026-12-01T09Z",
      "churn/2026-12-01T10Z",
      "team--strikes/2026-12-01T09Z",
    ]);
    expect(Object.values(files)).toEqual(["1\n", "3\n4\n", "2\n"]);
  });

  it("lies inside its folder whatever a model is called", async () => {
    const folder = await scratch();
    const sink = logFolder(path.join(folder, "log"));

    for (const model of ["..", "../..", ".git", "a\\b", "a b"])
      await sink.write([{ model, at: 0, id: "1", text: "1" }]);
    await sink.close();

    expect(await readdir(folder)).toEqual(["log"]);
    expect(Object.keys(await filesIn(path.join(folder, "log")))).toHaveLength(5);
  });

  it("starts another file of the hour once one is large", async () => {
    const folder = await scratch();
    const sink = logFolder(folder);
    const large = "x".repeat(33 * 1024 * 1024);

    for (let i = 0; i < 3; i++) await sink.write([{ model: "churn", at: 0, id: "1", text: large }]);
    await sink.close();

    const sizes = Object.entries(await filesIn(folder)).map(([name, text]) => [name.slice(-8), text.length]);
    expect(sizes).toEqual([
      ["-2.jsonl", large.length + 1],
      [expect.stringMatching(/^\w\w\.jsonl$/), 2 * (large.length + 1)],
    ]);
  });

  it.skipIf(!canMount)(
    "a full disk leaves whole lines, and one without end at most, after which new lines are whole again",
    async () => {
      const folder = await scratch();
      const sink = path.join(folder, "log-file.mjs");
      await build({ entryPoints: [source], bundle: true, platform: "node", format: "esm", outfile: sink });
      const program = path.join(folder, "fill.mjs");
      await writeFile(program, fillDisk);
      const disk = path.join(folder, "disk");
      await mkdir(disk);
      const onSmallDisk = `mount -t tmpfs -o size=64k tmpfs "$1" && exec "$2" "$3" "$1"`;

      const { stdout, stderr, status } = spawnSync(
        "unshare",
        ["--mount", "--map-root-user", "sh", "-c", onSmallDisk, "sh", disk, process.execPath, program],
        { encoding: "utf8" },
      );

      expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
      const { failed, lines } = JSON.parse(stdout) as { readonly failed: number; readonly lines: readonly string[] };
      expect(failed).toBeGreaterThan(0);
      const damaged = lines.filter((line) => !/^\{"i":-?\d+,"x":"x*"\}$/.test(line));
      expect(damaged.length).toBeLessThanOrEqual(1);
      expect(lines.at(-1)).toMatch(/^\{"i":-1,/);
    },
  );

  it("two processes write files of their own", async () => {
    const folder = await scratch();
    const [one, two] = [logFolder(folder), logFolder(folder)];
    await Promise.all([one, two].map(async (sink) => sink.write([{ model: "churn", at: 0, id: "1", text: "1" }])));
    await Promise.all([one.close(), two.close()]);

    expect(Object.keys(await filesIn(folder))).toHaveLength(2);
  });
});

async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".jsonl")).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const)),
  );
}

describe("events", () => {
  it("go to an address as one batch of CloudEvents, and an answer other than yes is a failure", async () => {
    const received: { type: string | undefined; body: string }[] = [];
    let status = 202;
    const server = createServer((request, response) => {
      const answer = async () => {
        received.push({ type: request.headers["content-type"], body: await textOf(request) });
        response.writeHead(status).end();
      };
      void answer();
    });
    await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
    onTestFinished(() => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const sink = logEvents(address, { source: "urn:refit:serve" });
    const line = { model: "churn", at: 0, id: "r1", text: '{"format":1}' };

    await sink.write([line, { ...line, id: "r2" }]);
    status = 503;
    await expect(sink.write([line])).rejects.toThrow("answered 503 to 1 events");

    expect(received[0]!.type).toBe("application/cloudevents-batch+json");
    expect(JSON.parse(received[0]!.body)).toEqual(
      ["r1", "r2"].map((id) => ({
        specversion: "1.0",
        id,
        source: "urn:refit:serve",
        type: "refit.prediction",
        subject: "churn",
        time: "1970-01-01T00:00:00.000Z",
        datacontenttype: "application/json",
        data: { format: 1 },
      })),
    );
  });
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}
