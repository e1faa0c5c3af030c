import { parseArgs } from "node:util";
import {
  byArm,
  errorsOf,
  medianStop,
  runCanary,
  shareOf,
} from "../../../packages/core/src/production/canary-runs.fixture.ts";
import {
  addArrivals,
  answersFromBins,
  checkSampleRatio,
  decideCanary,
  estimateClasses,
  estimateErrors,
  learnDelays,
  learnErrors,
  liveWindows,
  matureDays,
  measureSums,
  noArrivals,
  sumArrivals,
  sumRows,
  watchPerformance,
} from "../../../packages/core/src/production/index.ts";
import {
  firstAlarm,
  firstAlarmOfLate,
  medianLabels,
  oracleLabels,
} from "../../../packages/core/src/production/live-runs.fixture.ts";
import {
  binarySettings,
  dayText,
  draws,
  drawRows,
  firstDay,
  knownDay,
} from "../../../packages/core/src/production/live-stream.fixture.ts";

const usage = `npm run bench:production -- [--streams N] [--canaries N]

Error rates and labels of what judges versions in production, by made-up streams of labels: false alarms of the watch over 90 nights,
what a drop of 0.03 AUC takes beside an oracle (one test of fixed size that knows when the drop began), and how canaries end that are looked at after
each label. Minutes of one core.
`;

const { values } = parseArgs({
  options: {
    streams: { type: "string", default: "200" },
    canaries: { type: "string", default: "1000" },
    help: { type: "boolean" },
  },
});

if (values.help === true) process.stdout.write(usage);
else main(Number(values.streams), Number(values.canaries));

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function labelsText(labels: number): string {
  return labels < 1e9 ? `${labels} labels` : "not stopped";
}

/** A version whose AUC drops by 0.06 on night 60, with labels that are up to 10 days late, as it looks on night 120. */
function story(): void {
  const [draw, nights] = [draws(1), 120];
  const days = Array.from({ length: nights }, (_, night) => {
    const rows = drawRows(300, { prevalence: 0.3, judgedAuc: 0.8, liveAuc: night < 60 ? 0.8 : 0.74 }, draw);
    return knownDay(
      night,
      rows,
      rows.labels.map(() => Math.floor(11 * draw())),
      nights - night - 1,
    );
  });
  const until = firstDay + nights * 86_400_000;
  const maturity = matureDays(days, learnDelays(days, until), until, "binary");
  const mature = days.filter((_, night) => maturity.days[night]!.immature === null);
  const reference = { value: 0.8, standardError: 0.008 };
  const watch = { metric: "rocAuc", higherIsBetter: true, reference, margin: 0.01 };
  const { isAlarm, leastDrop, since } = watchPerformance(mature, dayText(0), watch);
  const { answered, labelled } = days.map(({ arrivals }) => arrivals).reduce(addArrivals, noArrivals);
  say(`story: ${answersFromBins(labelled).length} of ${answersFromBins(answered).length} answers have a label`);
  const windows = liveWindows(days, maturity.days, "rocAuc", 3000);
  say(
    `story: ${mature.length} of ${nights} days mature, ${isAlarm ? "alarm" : "quiet"}, at least ${leastDrop.toFixed(3)} worse since ${since}`,
  );
  for (const { from, value, isMature } of windows)
    say(`  from ${from}: ${value?.toFixed(3)}${isMature ? "" : " (immature)"}`);
}

/** What estimates without labels come to where easy rows have become rare, beside the truth. */
function estimates(): void {
  const world = (rows: number, seed: number, shareOfHard: number) => {
    const draw = draws(seed);
    const isHard = Float64Array.from({ length: rows }, () => (draw() < shareOfHard ? 1 : 0));
    const predictions = isHard.map(() => draw());
    const labels = predictions.map((p, row) => (draw() < (isHard[row] === 1 ? 0.5 : p) ? 1 : 0));
    const sizes = predictions.map((p, row) => p + (draw() - 0.5) * (isHard[row] === 1 ? 2 : 1));
    return { isHard, predictions, labels, sizes };
  };
  const [reference, live] = [world(8000, 1, 0.2), world(20_000, 2, 0.8)];
  // As the ledger keeps them: how often each answer was given.
  const { answered } = sumArrivals({ answers: live, labels: live.labels, delays: live.labels }, binarySettings);
  const densityRatios = reference.isHard.map((hard) => (hard === 1 ? 4 : 0.25));
  const regression = { task: "regression", classes: 0, metrics: ["mae"] } as const;
  for (const [metric, settings, labels] of [
    ["rocAuc", binarySettings, "labels"],
    ["mae", regression, "sizes"],
  ] as const) {
    const known = { predictions: reference.predictions, labels: reference[labels] };
    const [plain, weighted] = [known, { ...known, densityRatios }].map((rows) =>
      metric === "mae"
        ? estimateErrors(live.predictions, learnErrors(rows)!, metric)
        : estimateClasses(answersFromBins(answered), rows, metric, settings),
    );
    const truth = measureSums(sumRows({ answers: live, labels: live[labels] }, settings), metric);
    say(
      `${metric} without labels: ${plain!.value.toFixed(3)}, weighted ${weighted!.value.toFixed(3)}, in truth ${truth!.value.toFixed(3)}`,
    );
  }
}

function main(streams: number, canaries: number): void {
  story();
  estimates();
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const alarms = (alarmOf: (seed: number) => number | null) =>
    percent(
      Array.from({ length: streams }, (_, seed) => alarmOf(seed)).filter((night) => night !== null).length / streams,
    );

  for (const [name, up, down] of [
    ["no difference, 6 % answered differently", 0.03, 0.03],
    ["no difference, 1 % answered differently", 0.005, 0.005],
    ["20 -> 26 % errors, 10 % answered differently", 0.08, 0.02],
    ["20 -> 22 % errors, 10 % answered differently", 0.06, 0.04],
    ["worse by the margin of 1 point", 0.03, 0.02],
    ["better by 1 point", 0.02, 0.03],
  ] as const) {
    const runs = Array.from({ length: canaries }, (_, seed) => runCanary(errorsOf(up, down, seed), 5000));
    say(
      `canary, ${name}: stopped ${percent(shareOf(runs, "stop"))} (median ${labelsText(medianStop(runs))}), advanced ${percent(shareOf(runs, "advance"))}`,
    );
  }
  const sampleRatio = checkSampleRatio([{ percent: 5, canary: 700, champion: 9300 }]);
  const look = { evidence: null, labelsSinceStep: 0, daysSinceStep: 1, sampleRatio };
  const bounds = { minLabels: 200, maxDays: 28, margin: 0.01, outcome: "independent" } as const;
  say(`canary, 7 % of the callers where 5 % are meant: ${decideCanary(look, bounds).action}`);
  for (const share of [5, 25, 50]) {
    const runs = Array.from({ length: 100 }, (_, seed) => runCanary(byArm(0.26, 0.2, share, seed), 40_000));
    say(
      `canary by arm, ${share} %, 20 -> 26 % errors: stopped ${percent(shareOf(runs, "stop"))} (median ${labelsText(medianStop(runs))})`,
    );
  }
  for (const holdoutRows of [4000, 50_000]) {
    for (const from of [0, 28]) {
      const labels = medianLabels(60, { nights: from + 200, from, drop: 0.03, holdoutRows });
      const ratios = [0.8, 0.9].map((power) => (labels / oracleLabels(0.03, power, holdoutRows)).toFixed(2));
      say(
        `drop of 0.03 AUC from night ${from}, holdout of ${holdoutRows}: median ${labels} labels, ${ratios.join(" and ")} times the oracle's with power 80 and 90 %`,
      );
    }
  }
  say(`${streams} streams without a change, 90 nights: ${alarms((seed) => firstAlarm(seed, { nights: 90 }))} alarm`);
  say(
    `the same, labels late by class, a look every 3 nights: ${alarms((seed) => firstAlarmOfLate(seed, 90, 3))} alarm`,
  );
}
