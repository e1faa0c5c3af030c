import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { withLineage } from "../../../packages/runtime/src/made-version.fixture.ts";
import { type Measured, median } from "./measure.ts";
import { connected, requestBytes, type Connection } from "./serve/connection.ts";
import { madeRows, writeModel } from "./serve/made-model.ts";
import { costsOfRows } from "./serve/one-row.ts";
import { cpuSeconds } from "./serve/process-cpu.ts";
import { answering, freePort } from "./serve/running-server.ts";

const RUNS = 3;
const [SECONDS, PER_SECOND] = [10, 1_000];
/** A connection has one request at a time. */
const CONNECTIONS = 50;

/** What a server has besides its model. */
interface Beside {
  readonly what: string;
  readonly words: (folder: string) => object;
}

const canaryAt = (percent: number) => (folder: string) => ({ canary: `${folder}/canary`, percent });
const logIn = (folder: string) => ({ folder: `${folder}/log` });
const plain: Beside = { what: "alone", words: () => ({}) };
const besides: readonly Beside[] = [
  { what: "with a log", words: logIn },
  { what: "with a canary at 0 %", words: canaryAt(0) },
  { what: "with a canary at 5 %", words: canaryAt(5) },
  { what: "with a canary at 5 % and a log", words: (folder) => ({ ...canaryAt(5)(folder), ...logIn(folder) }) },
];

/** One row over HTTP with a log and a canary beside, over the same without; and a thousand requests a second while nothing takes the log's lines. */
export async function benchServeBeside(): Promise<Measured[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-bench-beside-"));
  try {
    await writeModel(folder);
    writeCanary(folder);
    const runs: ReadonlyMap<string, ReadonlyMap<string, number>>[] = [];
    for (let run = 0; run < RUNS; run++) {
      const costs = new Map<string, ReadonlyMap<string, number>>();
      for (const each of [plain, ...besides]) costs.set(each.what, await costsBeside(each, folder));
      runs.push(costs);
    }
    return [...rowsOf(runs), ...(await underPressure(folder))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowsOf(runs: readonly ReadonlyMap<string, ReadonlyMap<string, number>>[]): Measured[] {
  const middle = (what: string, cost: string) => median(runs.map((costs) => costs.get(what)!.get(cost)!));
  return besides.flatMap(({ what }) =>
    [...runs[0]!.get(what)!.keys()].map((cost): Measured => {
      const [own, alone] = [middle(what, cost), middle(plain.what, cost)];
      return {
        what: `\`@refit/serve\` ${what}, ${cost}`,
        refit: `${own.toFixed(3)} ms`,
        against: `${alone.toFixed(3)} ms: without`,
        ratio: own / alone,
        bar: "–",
        runs: RUNS,
      };
    }),
  );
}

/** The same model under another card. */
function writeCanary(folder: string): void {
  const names = readdirSync(`${folder}/champion`, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  );
  const files = names.map(({ parentPath, name }): [string, Uint8Array] => {
    const place = path.join(parentPath, name);
    return [path.relative(`${folder}/champion`, place), readFileSync(place)];
  });
  const { model } = JSON.parse(readFileSync(`${folder}/champion/lineage.json`, "utf8")) as { readonly model: string };
  const named = withLineage(new Map([...files, ["README.md", Buffer.from("# the canary\n")]]), "gbdt", model);
  cpSync(`${folder}/champion`, `${folder}/canary`, { recursive: true });
  for (const [name, bytes] of named) writeFileSync(`${folder}/canary/${name}`, bytes);
}

const requests = (model: string) =>
  madeRows(300, 3).map((row, i) =>
    requestBytes({
      path: `/models/${model}/predict`,
      type: "application/json",
      body: JSON.stringify({ records: [{ ...row, customer: `c${i}` }] }),
    }),
  );

async function costsBeside({ words }: Beside, folder: string): Promise<ReadonlyMap<string, number>> {
  return serving({ words: words(folder), folder }, async (port, pid) => {
    const connection = await connected(port);
    const costs = await costsOfRows(connection, () => cpuSeconds(pid), requests("birdstrikes"));
    connection.close();
    return costs;
  });
}

interface Started {
  readonly words: object;
  readonly folder: string;
  /** Put before node and its words. */
  readonly before?: readonly string[];
}

async function serving<T>(
  { words, folder, before = [] }: Started,
  ask: (port: number, pid: number) => Promise<T>,
): Promise<T> {
  const port = await freePort();
  const told = JSON.stringify({ ...words, port, champion: `${folder}/champion` });
  const node = [process.execPath, "--min-semi-space-size=32", "--max-semi-space-size=64"];
  const command = [...before, ...node, "tools/bench/src/serve/beside.mjs", told];
  const server = spawn(command[0]!, command.slice(1), { stdio: ["ignore", "ignore", "inherit"] });
  try {
    await answering(server, port);
    return await ask(port, server.pid!);
  } finally {
    server.kill("SIGTERM");
    if (server.exitCode === null) await once(server, "exit");
  }
}

async function underPressure(folder: string): Promise<Measured[]> {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const disk = `${folder}/disk`;
  mkdirSync(disk);
  const mount = 'mount -t tmpfs -o size=64k tmpfs "$1" && shift && exec "$@"';
  const mounted = ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, "sh", disk];
  const canMount = spawnSync("unshare", ["--mount", "--map-root-user", "true"]).status === 0;
  const cases = [
    { what: "no log", words: {} },
    { what: "a log on a disk", words: logIn(folder) },
    ...(canMount ? [{ what: "a log on a full disk", words: { folder: disk }, before: mounted }] : []),
    { what: "a receiver of the log that never answers", words: { address } },
  ];
  const rows: Measured[] = [];
  for (const { what, ...started } of cases) {
    const { failed, times, perSecond } = await serving({ ...started, folder }, async (port) => steadily(port));
    times.sort((a, b) => a - b);
    rows.push({
      what: `\`@refit/serve\`, ${perSecond.toFixed(0)} requests a second for ${SECONDS} s, ${what}`,
      refit: `${failed} of ${times.length + failed} failed; 99 of 100 within ${times[Math.floor(0.99 * times.length)]!.toFixed(1)} ms`,
      against: "–",
      ratio: null,
      bar: "0 failed",
      runs: 1,
    });
  }
  silent.close();
  silent.closeAllConnections();
  return rows;
}

/** Sends each request at its time, whether those before it were answered or not: what waits, waits in the measure, too. */
async function steadily(port: number) {
  const all = requests("birdstrikes");
  const free: Connection[] = await Promise.all(Array.from({ length: CONNECTIONS }, () => connected(port)));
  const times: number[] = [];
  let failed = 0;
  const due: number[] = [];
  const start = performance.now();
  const sendDue = () => {
    while (due.length > 0 && free.length > 0) {
      const [at, connection] = [due.shift()!, free.pop()!];
      connection
        .send(all[times.length % all.length]!)
        .then(
          () => times.push(performance.now() - at),
          () => (failed += 1),
        )
        .finally(() => {
          free.push(connection);
          sendDue();
        });
    }
  };
  const total = SECONDS * PER_SECOND;
  for (let sent = 0; sent < total;) {
    const until = Math.min(total, Math.floor(((performance.now() - start) / 1000) * PER_SECOND));
    for (; sent < until; sent++) due.push(start + (1000 * sent) / PER_SECOND);
    sendDue();
    await new Promise((settle) => setTimeout(settle, 1));
  }
  while (times.length + failed < total) await new Promise((settle) => setTimeout(settle, 5));
  const perSecond = (1000 * total) / (performance.now() - start);
  for (const connection of free) connection.close();
  return { failed, times, perSecond };
}
