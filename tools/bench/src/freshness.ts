import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { BacktestResult, Stretch } from "@refit/core/backtest";
import { quotedList } from "@refit/core/errors";
import { overSeeds } from "./freshness/over-seeds.ts";
import { realStreams } from "./freshness/real.ts";
import { withReplay, type Replayed, type Stream } from "./freshness/scene.ts";
import { makeStream, streamCsv, type Drift } from "./freshness/streams.ts";
import { trueWorth } from "./freshness/true-worth.ts";

const usage = `npm run bench:freshness -- [--only STREAM,…] [--full] [--days N] [--rows-per-day N] [--seeds N,…] [--policy NAME=YAML]… [--search] [--out FILE]

Replays streams with a known truth by \`refit backtest\`: what \`init\` writes, schedules, and never. --full adds the long streams
of 40,000 rows. Where the truth stands still, every version that went live is scored on 20,000 further rows. With several --seeds each
generated stream is made that often, and the mean over the seeds is printed with its range.
`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    full: { type: "boolean", default: false },
    days: { type: "string", default: "420" },
    "rows-per-day": { type: "string", default: "24" },
    every: { type: "string", default: "7" },
    seeds: { type: "string", default: "1" },
    policy: { type: "string", multiple: true, default: [] },
    search: { type: "boolean", default: false },
    out: { type: "string" },
    help: { type: "boolean" },
  },
});
if (values.help === true) process.stdout.write(usage);
else if (isKnown(values.only?.split(",") ?? [])) await main();
else process.exitCode = 2;

/** Says which names of `--only` are not those of a stream. */
function isKnown(wanted: readonly string[]): boolean {
  const known = [...streams().keys()];
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length === 0) return true;
  process.stderr.write(`--only: no stream is named ${quotedList(unknown, 5)}. The streams are ${known.join(", ")}.\n`);
  return false;
}

async function main(): Promise<void> {
  const policies = Object.fromEntries(
    values.policy.map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const results: Record<string, BacktestResult> = {};
  const wanted = values.only?.split(",");
  const seeds = values.seeds.split(",").map(Number);
  const asked = { policies, search: values.search };
  for (const [name, make] of streams()) {
    if (wanted === undefined ? isLong(name) && !values.full : !wanted.includes(name)) continue;
    const ofStream: BacktestResult[] = [];
    for (const seed of make.length === 0 ? [0] : seeds) {
      const title = seed === 0 ? name : `${name}, seed ${seed}`;
      const result = await withReplay(make(seed), asked, (replayed) => tell(title, seed, replayed));
      ofStream.push(result);
      results[title] = result;
      if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(results));
    }
    if (ofStream.length > 1) for (const line of overSeeds(ofStream)) process.stdout.write(`  ${line}\n`);
  }
}

const isLong = (name: string) => name.endsWith("-long");

/** By name, and made only when they are asked for, from a seed; real ones take none. */
function streams(): Map<string, (seed: number) => Stream> {
  const rowsPerDay = Number(values["rows-per-day"]);
  const days = Number(values.days);
  const usual = { rowsPerDay, days, labelDelayDays: 0 };
  const long = { rowsPerDay: 48, days: 834, labelDelayDays: 0 };
  return new Map([
    ...(["none", "abrupt", "gradual", "recurring", "seasonal"] as const).map(
      (drift) => [drift, (seed: number) => generated(drift, drift, { ...usual, seed })] as const,
    ),
    ["abrupt-late", (seed: number) => generated("abrupt", "abrupt-late", { ...usual, labelDelayDays: 28, seed })],
    ...realStreams().map((stream) => [stream.name, () => stream] as const),
    ["none-long", (seed: number) => generated("none", "none-long", { ...long, seed })],
    ["abrupt-long", (seed: number) => generated("abrupt", "abrupt-long", { ...long, seed })],
  ]);
}

interface Size {
  readonly seed: number;
  readonly rowsPerDay: number;
  readonly days: number;
  readonly labelDelayDays: number;
}

function generated(drift: Drift, name: string, { seed, rowsPerDay, days, labelDelayDays }: Size): Stream {
  return {
    name,
    csv: streamCsv(makeStream({ drift, seed, rowsPerDay, days })),
    target: "answer",
    time: "at",
    known: 0.35,
    everyDays: Number(values.every),
    labelDelayDays,
  };
}

/** @param seed 0: of a real stream. */
async function tell(name: string, seed: number, { result, repositories }: Replayed): Promise<BacktestResult> {
  process.stdout.write(`\n${name}: ${result.chosenOn.nights} nights, ${result.primary}\n`);
  for (const stretch of [result.chosenOn, result.keptBack!]) {
    process.stdout.write(`  ${stretch.from.slice(0, 10)} to ${stretch.until.slice(0, 10)}\n`);
    for (const line of tableOf(result, stretch)) process.stdout.write(`  ${line}\n`);
  }
  process.stdout.write(`  reasons: ${reasonsOf(result).join(", ")}\n`);
  if (!name.startsWith("none")) return result;
  const unseen = makeStream({ drift: "none", seed: seed + 1000, rowsPerDay: 48, days: 420 });
  for (const repository of repositories) {
    const [first, ...later] = await trueWorth(repository, unseen);
    const worst = Math.min(...later);
    const told = [first!, worst, later.at(-1)!].map((auc) => auc.toFixed(4));
    process.stdout.write(
      `  on 20,000 rows that nobody saw: first ${told[0]}, worst of ${later.length} later ${told[1]}, last ${told[2]}\n`,
    );
  }
  return result;
}

/** What the policy of `init` was retrained for, and how often. */
function reasonsOf({ nights }: BacktestResult): string[] {
  const counts = new Map<string, number>();
  for (const { lines } of nights) {
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
