import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Measured, median } from "./measure.ts";
import { pythonWith } from "./python.ts";
import { connected, requestBytes, type Connection, type Sent } from "./serve/connection.ts";
import { binaryTensors, bodies, madeRows, writeModel, type MadeRow } from "./serve/made-model.ts";
import { type Cpu, costsOfRows } from "./serve/one-row.ts";
import { cpuSeconds } from "./serve/process-cpu.ts";
import { answering, freePort } from "./serve/running-server.ts";

const RUNS = 3;
const BATCHES = [1_000, 10_000];
/** Sent to a server in one measurement. */
const ROWS = 60_000;
/** Before that, which is not counted. */
const WARM_ROWS = 20_000;
/** With the text columns of pandas 3, MLflow cannot call ONNX Runtime. */
const packages = { "mlflow-skinny": "3.17.2", onnx: "1.23.2", onnxruntime: "1.32.0", pandas: "2.3.3" };

type Ask = (rows: readonly MadeRow[]) => Sent;

/** A server of the same model, and how it is sent rows. */
interface Contestant {
  readonly name: string;
  readonly asks: Readonly<Record<string, Ask>>;
  readonly command: (folder: string, port: number) => readonly [string, ...string[]];
}

const json =
  (at: string, body: (rows: readonly MadeRow[]) => object): Ask =>
  (rows) => ({
    path: at,
    type: "application/json",
    body: JSON.stringify(body(rows)),
  });
const csv: Ask = (rows) => ({ path: "/invocations", type: "text/csv", body: bodies.csv(rows) });
const asBytes: Ask = (rows) => {
  const { body, headerLength } = binaryTensors(rows);
  const headers = { "inference-header-content-length": String(headerLength) };
  return { path: "/v2/models/birdstrikes/infer", type: "application/octet-stream", body, headers };
};

const refit: Contestant = {
  name: "refit",
  asks: {
    "JSON records": json("/models/birdstrikes/predict", bodies.records),
    "JSON columns": json("/models/birdstrikes/predict", bodies.columns),
    "a data frame in JSON": json("/invocations", bodies.dataframe_split),
    CSV: csv,
    "tensors in JSON": json("/v2/models/birdstrikes/infer", bodies.tensors),
    "tensors as bytes": asBytes,
  },
  command: (folder, port) => [
    process.execPath,
    // As docs/serve.md advises.
    "--min-semi-space-size=32",
    "--max-semi-space-size=64",
    ...nodeOptions(),
    "tools/bench/src/serve/server.mjs",
    `${folder}/champion`,
    String(port),
  ],
};

/** `BENCH_NODE_OPTIONS=--cpu-prof` shows where the time goes. */
const nodeOptions = (): string[] => (process.env["BENCH_NODE_OPTIONS"] ?? "").split(" ").filter(Boolean);

/** Each with the word that the table has for it. */
const peersOf = (python: string): readonly Contestant[] => [
  {
    name: "`mlflow models serve` of the exported ONNX",
    asks: {
      "JSON records": json("/invocations", bodies.dataframe_records),
      "a data frame in JSON": json("/invocations", bodies.dataframe_split),
      CSV: csv,
    },
    command: (folder, port) => {
      const options = ["-m", `${folder}/mlflow`, "-h", "127.0.0.1", "-p", String(port), "--env-manager", "local"];
      return [python, "-m", "mlflow", "models", "serve", ...options];
    },
  },
  {
    name: "FastAPI with ONNX Runtime",
    asks: { "JSON columns": json("/predict", bodies.columns) },
    command: (folder, port) => [python, "tools/bench/src/serve/service.py", `${folder}/model.onnx`, String(port)],
  },
];

/** CPU seconds of the server for a row, by what was sent; and milliseconds of one row. */
type Costs = ReadonlyMap<string, number>;

/** Rows a second of one core's time, and the time of one row, over HTTP on this machine, beside two servers in Python. */
export async function benchServe(): Promise<Measured[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-bench-serve-"));
  try {
    await writeModel(folder);
    const python = pythonWith(packages);
    if ("missing" in python) process.stderr.write(`Nothing beside it: ${python.missing}\n`);
    const contestants = [refit, ...("bin" in python ? peersOf(python.bin) : [])];
    const runs: Costs[][] = [];
    for (let run = 0; run < RUNS; run++) {
      const costs: Costs[] = [];
      for (const contestant of contestants) costs.push(await costsOf(contestant, folder));
      runs.push(costs);
    }
    return table(runs, contestants.slice(1));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function table(runs: readonly (readonly Costs[])[], peers: readonly Contestant[]): Measured[] {
  const middle = (contestant: number, what: string) => {
    const values = runs.flatMap((costs) => costs[contestant]?.get(what) ?? []);
    return values.length === 0 ? null : median(values);
  };
  return [...runs[0]![0]!.keys()].flatMap((what): Measured[] => {
    const own = middle(0, what)!;
    const line = { what: `\`@refit/serve\`, ${what}`, refit: costWords(what, own), bar: barOf(what), runs: RUNS };
    const others = peers.flatMap(({ name }, i): Measured[] => {
      const theirs = middle(i + 1, what);
      if (theirs === null) return [];
      return [{ ...line, against: `${costWords(what, theirs)}: ${name}`, ratio: own / theirs }];
    });
    return others.length === 0 ? [{ ...line, against: "–", ratio: null }] : others;
  });
}

const isTime = (what: string) => what.startsWith("one row");
const barOf = (what: string) =>
  what.endsWith("99 of 100") ? "1 ms" : isTime(what) ? "–" : "50 thousand rows per CPU second";
const costWords = (what: string, cost: number) =>
  isTime(what) ? `${cost.toFixed(3)} ms` : `${(1 / cost / 1000).toFixed(1)} thousand rows per CPU second`;

async function costsOf({ asks, command }: Contestant, folder: string): Promise<Costs> {
  const port = await freePort();
  const [program, ...args] = command(folder, port);
  const server = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"], env: envOf(program) });
  try {
    await answering(server, port);
    const connection = await connected(port);
    const cpu = () => cpuSeconds(server.pid!);
    const [first] = Object.values(asks) as [Ask];
    const costs = new Map(await costsOfOne(connection, cpu, first));
    for (const batch of BATCHES) {
      for (const [what, ask] of Object.entries(asks)) {
        costs.set(`${batch.toLocaleString("en")} rows, ${what}`, await costOfRow(connection, cpu, ask, batch));
      }
    }
    connection.close();
    return costs;
  } finally {
    server.kill("SIGTERM");
    if (server.exitCode === null) await once(server, "exit");
  }
}

async function costsOfOne(connection: Connection, cpu: Cpu, ask: Ask): Promise<Costs> {
  // MLflow refuses one row whose number is null: its data frame has no type for it.
  const complete = madeRows(300, 3).filter((row) => !Object.values(row).includes(null));
  return costsOfRows(
    connection,
    cpu,
    complete.map((row) => requestBytes(ask([row]))),
  );
}

async function costOfRow({ send }: Connection, cpu: Cpu, ask: Ask, batch: number): Promise<number> {
  const request = requestBytes(ask(madeRows(batch, 4)));
  for (let sent = 0; sent < WARM_ROWS; sent += batch) await send(request);
  const before = cpu();
  for (let sent = 0; sent < ROWS; sent += batch) await send(request);
  return (cpu() - before) / ROWS;
}

/** Beside the interpreter is what it starts. */
const envOf = (program: string) => ({ ...process.env, PATH: `${path.dirname(program)}:${process.env["PATH"]}` });
