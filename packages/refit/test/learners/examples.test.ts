import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Column, LabelledRows } from "@refit/core/runtime";
import { createRepository, temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileNumbersText, predictText, trainText } from "../../src/runs/init/python-texts.ts";
import { churnCsv } from "../e2e/support/churn.ts";
import { openScene } from "../e2e/support/scene.ts";
import { runtimeFolder } from "@refit/testkit/onnx";
import { binary, learnerIn, requestOf, rowsOf, type Setting } from "./programs.ts";

const packages = [
  "scikit-learn==1.9.1",
  "lightgbm==4.7.0",
  "xgboost-cpu==3.2.0",
  "pandas==3.1.1",
  "pyarrow==26.0.1",
  "skl2onnx==1.20.0",
];
const tool = await pythonTool("programs-2", packages);
const runtime = await runtimeFolder();
const skipped = tool.python === null;
const env = { PATH: `${path.dirname(tool.python ?? "")}${path.delimiter}${process.env["PATH"]}` };

const page = readFileSync(new URL("../../../../docs/command-learner.md", import.meta.url), "utf8");
/** A program of the page, by how it begins. */
const shown = (begin: string) =>
  page
    .split("```")
    .find((part) => part.replace(/^[a-z]*\n/, "").startsWith(begin))!
    .replace(/^[a-z]*\n/, "");

const example = (file: string) => readFileSync(new URL(`../../../../examples/${file}`, import.meta.url), "utf8");
const helper = example("python/refit_job.py");
const python: Setting = { train: ["python", "train.py"], predict: ["python", "predict.py"], rows: "parquet" };

const classes = ["L", "M", "S"];
const targets = {
  binary,
  multiclass: { name: "size", task: "multiclass", classes },
  regression: { name: "price", task: "regression", classes: null },
} as const;

function programOf(kind: string, task: keyof typeof targets): Record<string, string> {
  const [train, predict] = textsOf(kind, task);
  return { "train.py": train, "predict.py": predict, "refit_job.py": helper };
}

function textsOf(kind: string, task: keyof typeof targets): readonly [train: string, predict: string] {
  if (kind === "what init writes") return [trainText(task, false), predictText(task, false)];
  if (kind === "what the page shows") return [shown("# train.py"), shown("# predict.py")];
  return [example(`python/${kind}/train.py`), example(`python/${kind}/predict.py`)];
}

/** What comes after the training is the page's. */
function onnxOfPage(): string {
  const [until] = example("python/onnx/train.py").split("\nkinds = ");
  return `${until}\n${shown("from skl2onnx import to_onnx")}`;
}

it("docs/command-learner.md has lines of awk that train and predict", async () => {
  const { learner } = learnerIn({ PATH: process.env["PATH"]! });
  const awk: Setting = { train: ["awk", "-f", "share.awk"], predict: ["awk", "-f", "share.awk"], rows: "csv" };
  const positive = binary.classes![1]!;
  const request = requestOf({ "share.awk": shown("BEGIN {").replace(",true$", `,${positive}$`) }, awk);

  const artifact = await learner.fit(request);
  const answers = await (await learner.load(artifact)).predict(rowsOf(3).features);

  expect(answers).toHaveLength(3);
  expect(answers[0]).toBeGreaterThan(0.2);
  expect(answers[0]).toBeLessThan(1);
});

describe.skipIf(skipped)(`programs in Python${skipped ? ` (SKIPPED: ${tool.missing})` : ""}`, () => {
  /** Each start of Python takes two seconds of a processor, so that every kind meets one task. */
  it.each([
    ["what init writes", "regression"],
    ["what the page shows", "binary"],
    ["lightgbm", "multiclass"],
    ["xgboost", "binary"],
  ] as const)("%s: %s, with gaps, odd words and a time", async (kind, task) => {
    const { learner } = learnerIn(env);
    const { classes: names } = targets[task];
    const target = { ...targets[task], classes: names === null ? null : [...names] };

    const artifact = await learner.fit(requestOf(programOf(kind, task), { ...python, target }));
    const answers = await (await learner.load(artifact)).predict(rowsOf(9).features);

    expect(answers).toHaveLength(task === "multiclass" ? 27 : 9);
  });

  it("what init writes for files: numbers in place of each, and none of a row without one", async () => {
    const folder = await temporaryFolder();
    const texts = ["a", "bb", "", "zzzz"];
    const names = texts.map((text) => `${createHash("sha256").update(text).digest("hex")}.txt`);
    for (const [i, name] of names.entries()) await writeFile(path.join(folder, name), texts[i]!);
    const withLetters = ({ features, ...rows }: LabelledRows): LabelledRows => {
      const codes = Int32Array.from({ length: features.rows }, (_, i) => (i % 5) - 1);
      const bring = async (name: string) => path.join(folder, name);
      const letter: Column = { kind: "text", name: "letter", type: "file", dictionary: names, codes, bring };
      const inputs = { columns: [{ name: "letter", type: "file" as const }], read: async () => letter };
      return { ...rows, features: { ...features, inputs } };
    };
    const program = {
      "train.py": trainText("binary", true),
      "predict.py": predictText("binary", true),
      "refit_job.py": helper,
      "file_numbers.py": fileNumbersText,
    };
    const { learner } = learnerIn(env);
    const request = requestOf(program, python);
    const letters = { train: withLetters(request.train), validation: withLetters(request.validation) };

    const artifact = await learner.fit({ ...request, ...letters });
    const answers = await (await learner.load(artifact)).predict(withLetters(rowsOf(1)).features);

    expect(answers).toHaveLength(1);
  });

  it.skipIf(runtime === null).each([
    ["the example", example("python/onnx/train.py")],
    ["the example with the lines of the page", onnxOfPage()],
  ])("onnx: the program trains, and refit answers as scikit-learn does: %s", async (_whose, program) => {
    const { learner, lines } = learnerIn(env, runtime!);
    const telling = "print(*model.predict_proba(inputs)[:12, 1])\n";
    const texts = { "train.py": `${program}${telling}`, "refit_job.py": helper };
    const request = requestOf(texts, { ...python, settings: { n_estimators: 10 }, onnx: "model.onnx" });
    const { predict: _none, ...settings } = request.settings;

    const artifact = await learner.fit({ ...request, settings });
    const answers = await (await learner.load(artifact)).predict(rowsOf(12).features);

    const expected = lines.at(-1)!.replace("train: ", "").split(" ").map(Number);
    expect(expected).toHaveLength(12);
    for (const [i, value] of expected.entries()) expect(answers[i]).toBeCloseTo(value, 6);
  });

  it("settle what early stopping has found, and give the same bytes from then on", async () => {
    const { learner } = learnerIn(env);
    const request = requestOf(programOf("lightgbm", "binary"), { ...python, settings: { rounds: 20, patience: 3 } });

    const first = await learner.fit(request);
    const settings = learner.settle(request.settings, first);
    const again = await learner.fit({ ...request, settings });

    expect(settings.settings).toMatchObject({ patience: 0, rounds: expect.any(Number) });
    expect(await learner.fit({ ...request, settings })).toEqual(again);
  });

  it("warm: goes on from the live model's weights, and gives the same bytes from the same start", async () => {
    const { learner } = learnerIn(env);
    const request = requestOf(programOf("warm", "binary"), { ...python, start: "warm", settings: { passes: 2 } });

    const first = await learner.fit(request);
    const [on, again] = [
      await learner.fit({ ...request, start: first }),
      await learner.fit({ ...request, start: first }),
    ];
    const [before, after] = await Promise.all(
      [first, on].map(async (files) => (await learner.load(files)).predict(rowsOf(9).features)),
    );

    expect(on).toEqual(again);
    expect(after).not.toEqual(before);
  });

  it("are begun by init, and become a proposal", { timeout: 600_000 }, async () => {
    const repository = await createRepository({});
    onTestFinished(() => repository.dispose());
    const scene = await openScene({ ...repository, env: { ...repository.env, ...env } });
    await scene.land({ "data/churn.csv": churnCsv({ rows: 600, from: "2026-01-01", seed: 1 }) });

    const data = { data: "data/churn.csv", target: "left", time: "day" };
    await scene.refit("init", [], { ...data, learner: "command", python: "train.py" });
    await scene.land();

    const outcome = await scene.run();
    expect(outcome).toMatchObject({ decision: "proposed" });
    const stored = await scene.git("ls-tree", "-r", "--name-only", "refit--churn", "models/churn/champion/artifact/");
    expect(stored.split("\n").map((file) => path.basename(file))).toEqual([
      "predict.py",
      "refit_job.py",
      "requirements.txt",
      "train.py",
      "command.json",
      "model.joblib",
    ]);
    const lineage = JSON.parse(await scene.git("show", "refit--churn:models/churn/champion/lineage.json")) as object;
    expect(lineage).not.toHaveProperty("reproducible");
  });
});

describe("programs in other languages", () => {
  it("Node", async () => {
    const { learner } = learnerIn();
    const argv = [process.execPath, "model.mjs"];
    const settings = { train: argv, predict: argv, settings: { by: "ok" } };

    const artifact = await learner.fit(requestOf({ "model.mjs": example("node/model.mjs") }, settings));

    expect(artifact.has("model/counts.json")).toBe(true);
  });

  it("two lines of shell", async () => {
    const { learner } = learnerIn();
    const train =
      'grep -c ",yes$" "$REFIT_TRAIN" | awk -v all="$(grep -c , "$REFIT_TRAIN")" \'{ print $1 / (all - 1) }\' > "$REFIT_MODEL/share"';
    const predict =
      'sed "1s/.*/prediction/; 2,\\$s/.*/$(cat "$REFIT_MODEL/share")/" "$REFIT_ROWS" > "$REFIT_PREDICTIONS"';
    const settings: Setting = { train: ["sh", "-c", train], predict: ["sh", "-c", predict] };

    const artifact = await learner.fit(requestOf({}, settings));
    const answers = await (await learner.load(artifact)).predict(rowsOf(3).features);

    expect(answers).toHaveLength(3);
    expect(answers[0]).toBeGreaterThan(0.2);
  });
});
