import { parseArgs } from "node:util";
import {
  byArm,
  errorsOf,
  medianStop,
  runCanary,
  shareOf,
} from "../../../packages/core/src/production/canary-runs.fixture.ts";
import {
  firstAlarm,
  firstAlarmOfLate,
  medianLabels,
  oracleLabels,
} from "../../../packages/core/src/production/live-runs.fixture.ts";

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

function main(streams: number, canaries: number): void {
  const say = (text: string) => process.stdout.write(`${text}\n`);
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
      `canary, ${name}: stopped ${percent(shareOf(runs, "stop"))} (median ${medianStop(runs)} labels), advanced ${percent(shareOf(runs, "advance"))}`,
    );
  }
  for (const share of [5, 25, 50]) {
    const runs = Array.from({ length: 100 }, (_, seed) => runCanary(byArm(0.26, 0.2, share, seed), 40_000));
    say(
      `canary by arm, ${share} %, 20 -> 26 % errors: stopped ${percent(shareOf(runs, "stop"))} (median ${medianStop(runs)} labels)`,
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
