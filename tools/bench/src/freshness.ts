import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { BacktestResult, Stretch } from "../../../packages/refit/src/runs/backtest/result.ts";
import { realStreams } from "./freshness/real.ts";
import { replayStream, type Stream } from "./freshness/scene.ts";
import { makeStream, streamCsv, type Drift } from "./freshness/streams.ts";

const usage = `npm run bench:freshness -- [--only STREAM] [--days N] [--rows-per-day N] [--policy NAME=YAML]… [--out FILE]

Replays streams with a known truth by \`refit backtest\`: what \`init\` writes, schedules, and never.
`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    days: { type: "string", default: "420" },
    "rows-per-day": { type: "string", default: "24" },
    every: { type: "string", default: "7" },
    seed: { type: "string", default: "1" },
    policy: { type: "string", multiple: true, default: [] },
    out: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help === true) process.stdout.write(usage);
else main();

function main(): void {
  const policies = Object.fromEntries(
    values.policy.map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const results: Record<string, BacktestResult> = {};
  for (const stream of [...generated(), ...realStreams()]) {
    if (values.only !== undefined && !values.only.split(",").includes(stream.name)) continue;
    const result = replayStream(stream, policies);
    results[stream.name] = result;
    process.stdout.write(`\n${stream.name}: ${result.chosenOn.steps} nights, ${result.primary}\n`);
    for (const stretch of [result.chosenOn, result.keptBack!]) {
      process.stdout.write(`  ${stretch.from.slice(0, 10)} to ${stretch.until.slice(0, 10)}\n`);
      for (const line of tableOf(result, stretch)) process.stdout.write(`  ${line}\n`);
    }
    process.stdout.write(`  reasons: ${reasonsOf(result).join(", ")}\n`);
  }
  if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(results));
}

function generated(): Stream[] {
  const days = Number(values.days);
  const drifts: readonly Drift[] = ["none", "abrupt", "gradual", "recurring", "seasonal"];
  const of = (drift: Drift, name: string, labelDelayDays: number): Stream => ({
    name,
    csv: streamCsv(makeStream({ drift, seed: Number(values.seed), rowsPerDay: Number(values["rows-per-day"]), days })),
    target: "answer",
    time: "at",
    known: 0.35,
    everyDays: Number(values.every),
    labelDelayDays,
  });
  return [...drifts.map((drift) => of(drift, drift, 0)), of("abrupt", "abrupt-late", 28)];
}

/** What the policy of `init` was retrained for, and how often. */
function reasonsOf({ steps }: BacktestResult): string[] {
  const counts = new Map<string, number>();
  for (const { lines } of steps) {
    const { retrained, because } = lines["today"]!;
    if (retrained) counts.set(because.join("+"), (counts.get(because.join("+")) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${reason} ${count}`);
}

function tableOf({ primary, chosen }: BacktestResult, { lines }: Stretch): string[] {
  return lines.map(({ id, name, metrics, retrains, promotions, refusals, dataBlocks, failures }) =>
    [
      `${id === chosen ? "*" : " "} ${name.replace(/.*\//, "").padEnd(20)}`,
      (metrics[primary] ?? NaN).toFixed(4),
      `retrains ${retrains}`,
      `live ${promotions}`,
      `refused ${refusals}`,
      `data blocks ${dataBlocks}`,
      `failed ${failures}`,
    ].join("  "),
  );
}
