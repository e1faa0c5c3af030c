import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { benchActionNoOp } from "./action-no-op.ts";
import { benchBigRun } from "./big-run.ts";
import { benchEndToEnd } from "./end-to-end.ts";
import { benchLog } from "./log.ts";
import { benchFreshClone } from "./fresh-clone.ts";
import { benchManyModels } from "./many-models.ts";
import type { Measured } from "./measure.ts";
import { benchMonitor } from "./monitor.ts";
import { benchNoOp } from "./no-op.ts";
import { benchOneNewFile } from "./one-new-file.ts";
import { benchSnapshot } from "./snapshot.ts";
import { benchPrediction } from "./prediction.ts";
import { benchServe } from "./serve.ts";
import { benchServeBeside } from "./serve-beside.ts";
import { benchSite } from "./site.ts";
import { benchTraining } from "./training.ts";
import { benchUnchangedObjects } from "./unchanged-objects.ts";

const usage = `npm run bench -- [--big] [--only ROW]

Prints ratios of times measured side by side in this run. --big adds a run on a million rows, profiles as many, and trains on them, and has 5,000 models.
`;

const { values } = parseArgs({
  options: { big: { type: "boolean" }, only: { type: "string" }, help: { type: "boolean" } },
});
if (values.help === true) process.stdout.write(usage);
else await main(values.big === true, values.only);

async function main(big: boolean, only: string | undefined): Promise<void> {
  const benches: Readonly<Record<string, () => Measured[] | Promise<Measured[]>>> = {
    "no-op": benchNoOp,
    "fresh-clone": benchFreshClone,
    "action-no-op": benchActionNoOp,
    snapshot: () => benchSnapshot(big ? 1_000_000 : 200_000),
    "one-new-file": benchOneNewFile,
    "unchanged-objects": () => benchUnchangedObjects(big ? 10_000 : 1_000),
    log: () => benchLog(10_000),
    site: () => benchSite(10_000),
    "many-models": () => benchManyModels(big ? [10, 100, 1_000, 5_000] : [10, 100, 1_000]),
    training: () => benchTraining(100_000),
    prediction: () => benchPrediction(100_000),
    serve: benchServe,
    "serve-beside": benchServeBeside,
    monitor: () => benchMonitor(big ? 10_000_000 : 1_000_000),
    "end-to-end": () => benchEndToEnd(big ? 1_000_000 : 100_000, big ? 1 : 3),
    ...(big && { "big-run": () => benchBigRun(1_000_000), "big-training": () => benchTraining(1_000_000) }),
  };
  if (only !== undefined && benches[only] === undefined)
    throw new Error(`--only: one of ${Object.keys(benches).join(", ")}`);
  const rows: Measured[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (only !== undefined && name !== only) continue;
    process.stderr.write(`${name} …\n`);
    rows.push(...(await bench()));
  }
  const memory = Math.round(totalmem() / 2 ** 30);
  process.stdout.write(
    `${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${memory} GiB, Node ${process.version}, ${process.platform}\n\n`,
  );
  process.stdout.write(markdownTable(rows));
}

function markdownTable(rows: readonly Measured[]): string {
  const lines = rows.map(({ what, refit, against, ratio, bar, runs }) => [
    what,
    refit,
    against,
    ratio === null ? "–" : ratio.toFixed(2),
    bar,
    String(runs),
  ]);
  const head = ["what", "refit", "over", "ratio", "limit", "runs"];
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
