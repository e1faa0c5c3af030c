import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { fillSettings, limitsOf, type ArtifactFiles, type FitRequest } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import { madeUpRows } from "../../../../tools/testkit/src/conformance/made-up-rows.ts";
import { describe, expect, it } from "vitest";
import { installedLearners } from "../../src/adapters/learners/index.ts";
import { runtimeFolder } from "@refit/testkit/onnx";
import { columnsByName } from "./onnx-models.ts";
import { binary, filesOf, rowsOf } from "./programs.ts";

/**
 * What stands in the schema runs: every setting of every learner that `model.yaml` may name is trained with here, and a
 * setting that changes what is learned changes its bytes. A new setting fails until it has a trial.
 */
const runtime = await runtimeFolder();
const withoutRuntime = runtime === null ? "onnxruntime-web cannot be installed here" : null;
const withoutNode = hasNodeBackend() ? null : "@tensorflow/tfjs-node is not installed here";
const learners = installedLearners({ env: { PATH: process.env["PATH"] }, onLine: () => {}, folder: runtime ?? "." });

type Values = NonNullable<Parameters<typeof fillSettings>[1]>;
type SettingValue = Values[string];

interface Trial {
  /** Of the setting. */
  readonly value: SettingValue;
  /** What it needs beside it. */
  readonly beside?: Values;
  /** What it is compared with; left out: what is beside it. */
  readonly than?: Values;
  readonly task?: Task;
  /** It says where and how something runs, or it is required anyway: the same bytes as without it. */
  readonly isSame?: true;
  /** Why it cannot run on this machine. */
  readonly absent?: string | null;
  readonly files?: Readonly<Record<string, string>>;
}

interface Trials {
  /** With which every other setting is compared. */
  readonly base: Values;
  readonly of: Readonly<Record<string, readonly Trial[]>>;
}

const job = 'const fs = require("node:fs"); const job = JSON.parse(fs.readFileSync(process.env.REFIT_JOB, "utf8"));';
const program = {
  "train.js": `${job} fs.writeFileSync(job.model + "/m.onnx", Buffer.from(${JSON.stringify(columnsByName)}, "base64"));
    fs.writeFileSync(job.model + "/told", JSON.stringify([job.settings, job.validation === null, job.threads, job.rowsFormat, process.env.OWN ?? ""]));`,
  "predict.js": `${job} fs.writeFileSync(job.predictions, "prediction\\n" + "0.5\\n".repeat(9));`,
};
/** The network of the page. */
const page = readFileSync(new URL("../../../../docs/tfjs-learner.md", import.meta.url), "utf8");
const network = /```js\n([^`]*export function build[^`]*)```/.exec(page)![1]!;
const values = (...all: SettingValue[]): Trial[] => all.map((value) => ({ value }));
const same = (...all: SettingValue[]): Trial[] => all.map((value) => ({ value, isSame: true }));
const regression = (value: SettingValue, beside: Values = {}, than: Values = beside): Trial => {
  return { value, beside, than, task: "regression" };
};

const trials: Readonly<Record<string, Trials>> = {
  gbdt: {
    base: { trees: 8, minLeafRows: 5, earlyStoppingRounds: 0 },
    of: {
      trees: values(4),
      leaves: values(3),
      learningRate: values(0.3),
      minLeafRows: values(60),
      minCategoryRows: values(200),
      l2: values(50),
      l1: values(5),
      rowFraction: values(0.5),
      featureFraction: values(0.4),
      maxBins: values(6),
      earlyStoppingRounds: [{ value: 1, beside: { trees: 400, learningRate: 0.5 } }],
      objective: [
        { ...regression("squared"), isSame: true },
        regression("huber", { delta: 0.5 }, {}),
        regression("quantile", { quantile: 0.9 }, {}),
        regression("poisson"),
      ],
      delta: [regression(0.2, { objective: "huber" }, { objective: "huber", delta: 0.5 })],
      quantile: [regression(0.1, { objective: "quantile" }, { objective: "quantile", quantile: 0.9 })],
      monotone: values({ a: "decreasing" }),
      interactions: values([["a"], ["b"], ["c"]]),
    },
  },
  linear: { base: {}, of: { l2: values(100), maxIterations: values(1) } },
  auto: {
    base: { tries: 3 },
    of: { models: values(1), tries: values(1) },
  },
  command: {
    base: {
      train: [process.execPath, "train.js"],
      predict: [process.execPath, "predict.js"],
      code: Object.keys(program),
    },
    of: {
      train: [{ value: [process.execPath, "train.js", "more"], isSame: true }],
      predict: values([process.execPath, "predict.js", "more"]),
      onnx: [{ value: "m.onnx", beside: { predict: undefined! }, than: {}, absent: withoutRuntime }],
      code: [{ value: [...Object.keys(program), "more.txt"], files: { "more.txt": "x" } }],
      rows: values("csv"),
      settings: values({ rounds: 3 }),
      validation: [...same(true), ...values(false)],
      start: same("cold", "warm"),
      reproducible: same(false),
      threads: values(1),
      environment: values(["OWN"]),
      runner: same(["env"]),
      runnerStop: [{ value: ["true"], beside: { runner: ["env"] }, isSame: true }],
      runnerStore: [{ value: tmpdir(), beside: { runner: ["env"] }, isSame: true }],
      timeoutMinutes: same(5),
      memoryMiB: same(4096),
    },
  },
  tfjs: {
    base: { hidden: [4], epochs: 2, batchSize: 64 },
    of: {
      hidden: values([8, 4]),
      embeddingSize: values(1),
      learningRate: values(0.1),
      weightDecay: values(5),
      batchSize: values(32),
      epochs: values(1),
      earlyStoppingEpochs: [{ value: 1, beside: { epochs: 40, learningRate: 0.5 } }],
      start: same("cold", "warm"),
      backend: [...same("wasm"), ...values("cpu"), { value: "node", absent: withoutNode }],
      code: [{ value: ["network.js"], files: { "network.js": network } }],
    },
  },
  onnx: {
    base: { file: "m.onnx", trainedUntil: "2026-01-31" },
    of: {
      file: [{ value: "m.onnx", isSame: true, absent: withoutRuntime }],
      trainedUntil: [{ value: "2026-01-30", isSame: true, absent: withoutRuntime }],
    },
  },
};

/** Which rows are learned from, and calibration, belong to no learner: tests of their own run whole models with them. */
const ofEveryLearner = ["learner", "training", "calibration"];

function hasNodeBackend(): boolean {
  try {
    createRequire(import.meta.url).resolve("@tensorflow/tfjs-node");
    return true;
  } catch {
    return false;
  }
}

const fitted = new Map<string, Promise<ArtifactFiles>>();

/** Trains, answers a few rows, and remembers what came of it. */
function fit(
  name: string,
  settings: Values,
  { task = "binary", files = {} }: Partial<Trial> = {},
): Promise<ArtifactFiles> {
  const key = JSON.stringify([name, settings, task]);
  const known = fitted.get(key) ?? train();
  fitted.set(key, known);
  return known;

  async function train(): Promise<ArtifactFiles> {
    const learner = await learners.get(name);
    const isProgram = name === "command" || name === "onnx";
    const rows = (count: number, seed: number) => (isProgram ? rowsOf(count) : positive(madeUpRows(task, count, seed)));
    const code = { ...(name === "command" && program), ...files };
    const request: FitRequest<unknown> = {
      task,
      classes: task === "regression" ? 0 : 2,
      settings: fillSettings(learner, settings),
      seed: 7,
      train: rows(300, 1),
      validation: rows(100, 2),
      program: {
        target: task === "regression" ? { name: "y", task, classes: null } : binary,
        code: name === "onnx" ? new Map([["m.onnx", Buffer.from(columnsByName, "base64")]]) : filesOf(code),
      },
    };
    const artifact = await learner.fit(request);
    const predictor = await learner.load(artifact, limitsOf({ ...settings }));
    const answers = await predictor.predict(rows(9, 3).features);
    expect(answers).toHaveLength(9);
    expect(answers.every(Number.isFinite)).toBe(true);
    return artifact;
  }
}

const textsOf = (files: ArtifactFiles) =>
  [...files].map(([file, bytes]) => `${file} ${Buffer.from(bytes).toString("hex")}`);

/** Counts cannot be negative. */
function positive(rows: ReturnType<typeof madeUpRows>) {
  return { ...rows, target: rows.target.map(Math.abs) };
}

const every = learners.installed.flatMap(({ name, settings }) =>
  Object.keys(settings).flatMap((setting) =>
    (trials[name]?.of[setting] ?? []).map((trial) => ({ name, setting, trial, words: JSON.stringify(trial.value) })),
  ),
);

const untried = every.flatMap(({ name, setting, words, trial: { absent } }) =>
  typeof absent === "string" ? [`${name}: ${setting}: ${words} (${absent})`] : [],
);
if (untried.length > 0) {
  process.stderr.write(
    `\n!!! Documented, and NOT tested in this run: !!!\n${untried.map((one) => `  ${one}\n`).join("")}`,
  );
}

describe("every setting of every learner", () => {
  it("is in the schema, and has a trial", () => {
    const file = new URL("../../../core/schemas/model.schema.json", import.meta.url);
    const schema = JSON.parse(readFileSync(file, "utf8")) as Schema;
    const documented = schema.properties.candidates.anyOf[1].items.oneOf.map(({ properties }) => [
      properties.learner.const,
      Object.keys(properties).filter((key) => !ofEveryLearner.includes(key)),
    ]);

    expect(Object.fromEntries(documented)).toEqual(
      Object.fromEntries(learners.installed.map(({ name, settings }) => [name, Object.keys(settings)])),
    );
    expect(
      Object.fromEntries(Object.entries(trials).map(([name, { of }]) => [name, Object.keys(of).toSorted()])),
    ).toEqual(
      Object.fromEntries(learners.installed.map(({ name, settings }) => [name, Object.keys(settings).toSorted()])),
    );
  });

  it("has every choice that it documents among its trials", () => {
    for (const { name, settings } of learners.installed) {
      for (const [key, setting] of Object.entries(settings)) {
        if (setting.type !== "choice") continue;
        const tried = new Set([setting.default, ...trials[name]!.of[key]!.map(({ value }) => value)]);
        const left = setting.choices.filter((choice) => !tried.has(choice));
        expect([name, key, left]).toEqual([name, key, []]);
      }
    }
  });

  it.for(every)("$name: $setting: $words", { timeout: 120_000 }, async ({ name, setting, trial }, { skip }) => {
    if (typeof trial.absent === "string") skip(trial.absent);
    const { base } = trials[name]!;
    const { value, beside = {}, than = beside } = trial;

    const artifact = await fit(name, { ...base, ...beside, [setting]: value }, trial);

    const other = await fit(name, { ...base, ...than }, { ...trial, files: {} });
    expect(textsOf(artifact).join() === textsOf(other).join()).toBe(trial.isSame === true);
  });
});

interface Schema {
  readonly properties: {
    readonly candidates: {
      /** One word, or a list. */
      readonly anyOf: readonly [
        unknown,
        {
          readonly items: {
            readonly oneOf: readonly { readonly properties: { readonly learner: { readonly const: string } } }[];
          };
        },
      ];
    };
  };
}
