import { type Measured, words } from "./measure.ts";
import { type ToldLine } from "./workspace.ts";
import { wideModel } from "./wide-model.ts";

const LIMIT_MIB = 1_536;

/** Where the processor time of a run goes, by what it tells of itself. */
const stages = [
  { what: "start, history and git", begins: null },
  { what: "read, check and profile", begins: /^(?:Hashing|Reading|Profiling)/ },
  { what: "prepare, split, look for leakage", begins: /^Preparing rows/ },
  { what: "train, to be judged", begins: /^Training/ },
  { what: "judge on the holdout", begins: /^Scoring on the holdout/ },
  { what: "train on all rows, write, propose", begins: /^Training/ },
] as const;

/** One `refit run` of 100 trees on 20 columns, from snapshot to proposal: time, the most memory it held, and what it did meanwhile. */
export function benchBigRun(rows: number): Measured[] {
  const workspace = wideModel({ files: 1, rows });
  try {
    workspace.commitSpecs({ candidate: "{ learner: gbdt, trees: 100 }", minRows: 100 });
    const started = performance.now();
    const { stdout, stderr, peakMiB, cpu, told } = workspace.refitWithUsage(["run", "wide"]);
    const time = performance.now() - started;
    if (!stdout.includes("wide: proposed")) throw new Error(`The run did not end in a proposal:\n${stdout}`);
    const lines = stderr.split("\n").filter(Boolean).length;
    const run = `\`refit run\` on ${rows.toLocaleString("en")} rows × 20 columns, 100 trees`;
    const whole = {
      what: `${run}: peak memory over what it may take`,
      refit: `${Math.round(peakMiB)} MiB (${words(time)}, ${words(cpu)} of processor time, ${lines} lines of progress)`,
      against: `${LIMIT_MIB} MiB`,
      ratio: peakMiB / LIMIT_MIB,
      bar: "1",
      runs: 1,
    };
    const parts = cpuOfStages(told, cpu).map((part, i) => ({
      what: `… of it: ${stages[i]!.what}`,
      refit: `${words(part)} of processor time`,
      against: words(cpu),
      ratio: part / cpu,
      bar: "–",
      runs: 1,
    }));
    return [whole, ...parts];
  } finally {
    workspace.remove();
  }
}

/** @returns milliseconds, [stages]. */
function cpuOfStages(told: readonly ToldLine[], end: number): number[] {
  const spent = stages.map(() => 0);
  let [stage, since] = [0, 0];
  for (const { cpu, text } of told) {
    const next = stage + 1;
    if (stages[next]?.begins?.test(text) !== true) continue;
    spent[stage] = cpu - since;
    [stage, since] = [next, cpu];
  }
  if (stage < stages.length - 1) throw new Error(`The run did not tell of: ${stages[stage + 1]!.what}`);
  spent[stage] = end - since;
  return spent;
}
