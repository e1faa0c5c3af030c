import { parseArgs } from "node:util";
import { evaluateMetrics } from "@refit/core/judge";
import { fillSettings, tfjsDescriptor, type LabelledRows, type TfjsSettings } from "@refit/core/runtime";
import { useBackend } from "../../../packages/tfjs/src/backend.ts";
import { encode, fitEncoding, widthOf, type ColumnEncoding } from "../../../packages/tfjs/src/encoding.ts";
import { linked, type Link } from "../../../packages/tfjs/src/loss.ts";
import { denseNetwork } from "../../../packages/tfjs/src/network.ts";
import { networkOutputs } from "../../../packages/tfjs/src/tensors.ts";
import { trainNetwork } from "../../../packages/tfjs/src/train.ts";
import { differenceOf, labelled, meanOf } from "./freshness/stream-rows.ts";
import { makeStream, type Drift, type StreamRow } from "./freshness/streams.ts";

const usage = `npm run bench:warm-networks -- [--seeds N,…] [--drifts NAME,…] [--windows DAYS,…] [--epochs N,…]

Replays the generated streams week by week: each network answers the next week before anybody has seen it. Networks that start anew are set beside networks
that go on from last week's weights, with as many passes over the same rows. Prints the mean ROC AUC of the weeks, and the mean advantage of going on with its
standard error over streams. A window of 0 days is all rows.
`;

const [PERIOD, ROWS_PER_DAY, DAYS, FIRST] = [14, 20, 364, 98];
const link: Link = { task: "binary", outputs: 1, mean: 0, scale: 1 };

interface Policy {
  readonly days: number;
  readonly epochs: number;
  readonly isWarm: boolean;
}

/** A network with how its inputs are made. */
interface Network {
  readonly layers: ReturnType<typeof denseNetwork>;
  readonly encoding: readonly ColumnEncoding[];
}

function build(rows: LabelledRows): Network {
  const encoding = fitEncoding(rows.features);
  const categories = encoding.flatMap((each) => (each.kind === "categorical" ? [each.levels + 2] : []));
  const request = { numbers: widthOf(encoding), categories, outputs: link.outputs, seed: 7 };
  return { layers: denseNetwork(request, { hidden: [16], embeddingSize: 2 }), encoding };
}

/** @returns the mean ROC AUC of the weeks. */
async function replay(rows: readonly StreamRow[], { days, epochs, isWarm }: Policy): Promise<number> {
  const own = { hidden: [16], embeddingSize: 2, learningRate: 0.02, batchSize: 128, epochs, earlyStoppingEpochs: 0 };
  const settings = fillSettings(tfjsDescriptor, own) as unknown as TfjsSettings;
  const aucs: number[] = [];
  let before: Network | null = null;
  for (let day = FIRST; day + PERIOD <= DAYS; day += PERIOD) {
    const since = days === 0 ? 0 : day - days;
    const known = labelled(rows.filter((row) => row.day >= since && row.day < day));
    const network: Network = isWarm && before !== null ? before : build(known);
    const train = {
      encoded: encode(known.features, network.encoding),
      target: Float32Array.from(known.target),
      weights: new Float32Array(known.target.length).fill(1),
    };
    await trainNetwork({ network: network.layers, link, train, validation: train, settings, seed: day });
    if (before !== null && before !== network) before.layers.dispose();
    before = network;
    const next = labelled(rows.filter((row) => row.day >= day && row.day < day + PERIOD));
    const predictions = linked(link, networkOutputs(network.layers, encode(next.features, network.encoding), 1));
    aucs.push(evaluateMetrics(["rocAuc"], { task: "binary", classes: 2, target: next.target, predictions })["rocAuc"]!);
  }
  before?.layers.dispose();
  return meanOf(aucs);
}

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1,2,3" },
    drifts: { type: "string", default: "none,abrupt,gradual,recurring,seasonal" },
    windows: { type: "string", default: "28,112" },
    epochs: { type: "string", default: "3,10,30" },
    help: { type: "boolean" },
  },
});

async function main(): Promise<void> {
  const numbers = (text: string) => text.split(",").map(Number);
  const drifts = values.drifts.split(",") as Drift[];
  await useBackend("wasm");
  process.stdout.write(
    `| newest days | passes | start | ${drifts.join(" | ")} |\n| --- | --- | --- | ${drifts.map(() => "---").join(" | ")} |\n`,
  );
  for (const days of numbers(values.windows)) {
    for (const epochs of numbers(values.epochs)) {
      const [cold, warm]: [number[][], number[][]] = [[], []];
      for (const [isWarm, all] of [
        [false, cold],
        [true, warm],
      ] as const) {
        for (const drift of drifts) {
          const aucs: number[] = [];
          for (const seed of numbers(values.seeds))
            aucs.push(
              await replay(makeStream({ drift, seed, rowsPerDay: ROWS_PER_DAY, days: DAYS }), { days, epochs, isWarm }),
            );
          all.push(aucs);
        }
        const cells = all.map((aucs, i) => {
          const beside = isWarm && aucs.length > 1 ? ` (${differenceOf(aucs, cold[i]!)})` : "";
          return `${meanOf(aucs).toFixed(4)}${beside}`;
        });
        process.stdout.write(
          `| ${days === 0 ? "all" : days} | ${epochs} | ${isWarm ? "warm" : "cold"} | ${cells.join(" | ")} |\n`,
        );
      }
    }
  }
}

if (values.help === true) process.stdout.write(usage);
else await main();
