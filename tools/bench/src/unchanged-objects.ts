import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { objectBucket, startWebServer } from "@refit/testkit/web";
import { median, type Measured, words } from "./measure.ts";
import { lehmer } from "./random.ts";
import { createWorkspace, refitBin, reportUsage, usageOf, type Workspace } from "./workspace.ts";

const RUNS = 5;
const ROWS = 10;

const execute = promisify(execFile);

/** What a run with nothing to do takes where its data are many small objects of a bucket, beside the run that has read them all. */
export async function benchUnchangedObjects(amount: number): Promise<Measured[]> {
  const server = await startWebServer(objectBucket("shop", smallObjects(amount)));
  const workspace = createWorkspace();
  try {
    writeModel(workspace, server.origin);
    const first = await run(workspace, "proposed");
    workspace.git(["merge", "--quiet", "refit--shop"]);
    await new Promise((done) => setTimeout(done, 2_500)); // refit does not trust what changed within the last two seconds
    const quiet: number[] = [];
    for (let i = 0; i < RUNS; i++) {
      server.requests.length = 0;
      quiet.push(await run(workspace, "skipped"));
    }
    const lists = server.requests.filter(({ path: asked }) => asked.includes("list-type=2")).length;
    const cpu = median(quiet);
    const asked = `${lists} LIST, ${server.requests.length - lists} GET`;
    return [
      {
        what: `CPU of \`refit run\` over ${amount} unchanged objects (${asked}), over that of the first run`,
        refit: words(cpu),
        against: words(first),
        ratio: cpu / first,
        bar: "2 s for 10,000",
        runs: RUNS,
      },
    ];
  } finally {
    workspace.remove();
    await server.close();
  }
}

/** @returns milliseconds of processor time, without the gits that it starts. */
async function run(workspace: Workspace, decision: string): Promise<number> {
  const usage = path.join(workspace.root, "../usage");
  const { stdout } = await execute(process.execPath, [reportUsage, refitBin, "run", "shop", "--json"], {
    cwd: workspace.root,
    env: { ...workspace.env, BENCH_USAGE: usage },
    maxBuffer: 1 << 28,
  });
  const [outcome] = JSON.parse(stdout) as [{ decision: string }];
  if (outcome.decision !== decision) throw new Error(`The run did not end with ${decision}:\n${stdout}`);
  return usageOf((await readFile(usage, "utf8")).split("\n")[0]!).cpu;
}

function smallObjects(amount: number): ReadonlyMap<string, string> {
  const draw = lehmer(7);
  const row = (id: number) => {
    const visits = Math.round(20 * draw());
    const day = new Date(Date.UTC(2025, 0, 1) + (id * 365 * 86_400_000) / (amount * ROWS)).toISOString().slice(0, 10);
    return `${id},${day},${visits},${(100 * draw()).toFixed(2)},${draw() < 0.2 + visits / 40}\n`;
  };
  return new Map(
    Array.from({ length: amount }, (_each, i) => [
      `orders/${String(i).padStart(5, "0")}.csv`,
      `id,day,visits,spent,bought\n${Array.from({ length: ROWS }, (_row, j) => row(i * ROWS + j)).join("")}`,
    ]),
  );
}

function writeModel(workspace: Workspace, endpoint: string): void {
  const manifest = {
    sources: [{ path: "s3://shop/orders/*.csv", endpoint, allowPrivate: true }],
    checks: { minRows: 100 },
  };
  const model = {
    task: "binary",
    data: "shop",
    target: "bought",
    positive: true,
    time: "day",
    key: "id",
    candidates: [{ learner: "linear" }],
    holdout: { fraction: 0.2 },
    metrics: { primary: "rocAuc" },
    gates: [{ metric: "rocAuc", min: 0.55 }],
    retrain: { minNewRows: 1_000_000, drift: false },
    seed: 7,
  };
  // JSON is YAML.
  workspace.write("data-manifests/shop.yaml", JSON.stringify(manifest));
  workspace.write("models/shop/model.yaml", JSON.stringify(model));
  workspace.commitAll("A model of small objects");
}
