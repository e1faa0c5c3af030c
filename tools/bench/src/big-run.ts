import { type Measured, words } from "./measure.ts";
import { wideModel } from "./wide-model.ts";

const LIMIT_MIB = 1_536;

/** One `refit run` of 100 trees on 20 columns, from snapshot to proposal: time, and the most memory it held. */
export function benchBigRun(rows: number): Measured[] {
  const workspace = wideModel({ files: 1, rows });
  try {
    workspace.commitSpecs({ candidate: "{ learner: gbdt, trees: 100 }", minRows: 100 });
    const started = performance.now();
    const { stdout, stderr, peakMiB, cpu } = workspace.refitWithUsage(["run", "wide"]);
    const time = performance.now() - started;
    if (!stdout.includes("wide: proposed")) throw new Error(`The run did not end in a proposal:\n${stdout}`);
    const lines = stderr.split("\n").filter(Boolean).length;
    return [
      {
        what: `\`refit run\` on ${rows.toLocaleString("en")} rows × 20 columns, 100 trees: peak memory over what it may take`,
        refit: `${Math.round(peakMiB)} MiB (${words(time)}, ${words(cpu)} of processor time, ${lines} lines of progress)`,
        against: `${LIMIT_MIB} MiB`,
        ratio: peakMiB / LIMIT_MIB,
        bar: "1",
        runs: 1,
      },
    ];
  } finally {
    workspace.remove();
  }
}
