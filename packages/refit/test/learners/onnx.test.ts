import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { columnsByName, sumOfTwo } from "./onnx-models.ts";
import { runtimeFolder } from "@refit/testkit/onnx";
import { learnerIn, requestOf, rowsOf, type Setting } from "./programs.ts";

const folder = await runtimeFolder();
const skipped = folder === null;

/** A program that writes a model, and no program that predicts. */
const writes = (model: string) =>
  `require("node:fs").writeFileSync(process.env.REFIT_MODEL + "/model.onnx", Buffer.from("${model}", "base64"));`;
function requestFor(model: string, given: Setting = {}) {
  const request = requestOf({ "train.js": writes(model) }, { onnx: "model.onnx", ...given });
  const { predict: _none, ...settings } = request.settings;
  return { ...request, settings };
}

async function answersOf(model: string, given: Setting = {}, rows = 5) {
  const learner = learnerIn({}, folder!).learner;
  const artifact = await learner.fit(requestFor(model, given));
  return (await learner.load(artifact)).predict(rowsOf(rows).features);
}

describe.skipIf(skipped)(`a model in ONNX${skipped ? " (SKIPPED: onnxruntime-web cannot be installed)" : ""}`, () => {
  it("answers for columns by their names, texts with gaps among them", async () => {
    const answers = await answersOf(columnsByName);

    const expected = [0, 1, 2, 3, 4].map((n) => 1 / (1 + Math.exp(-(-0.1 * n + (n % 2) + Number(n === 1)))));
    expect(answers).toHaveLength(5);
    for (const [i, value] of expected.entries()) expect(answers[i]).toBeCloseTo(value, 6);
  });

  it("answers the same for many rows, in pieces, as for each alone", async () => {
    const many = await answersOf(columnsByName, {}, 20_003);

    expect(many).toHaveLength(20_003);
    expect(many.slice(0, 5)).toEqual(await answersOf(columnsByName));
    expect(many[20_002]).toBeLessThan(1e-9);
  });

  it("gives the same bits again", async () => {
    expect(await answersOf(columnsByName, {}, 500)).toEqual(await answersOf(columnsByName, {}, 500));
  });

  it.each<[what: string, outcome: string, message: RegExp, model: string, given?: Setting]>([
    [
      "has another number of inputs than there are columns",
      "onnx-unfit",
      /takes 2 numbers a row, and there are 5/,
      sumOfTwo,
    ],
    ["is not a model", "onnx-unfit", /cannot be run: /, "bm90IGEgbW9kZWw="],
    ["is not where the candidate says", "no-model", /wrote no "other.onnx"/, columnsByName, { onnx: "other.onnx" }],
    [
      "answers for other classes",
      "onnx-unfit",
      /answers 5 rows with numbers of the shape \[5, 2\]/,
      columnsByName,
      { target: { name: "size", task: "multiclass", classes: ["L", "M", "S"] } },
    ],
  ])("that %s: %s", async (_what, outcome, message, model, given) => {
    await expect(answersOf(model, given)).rejects.toMatchObject({ outcome, message: expect.stringMatching(message) });
  });
});

it("says what to install where the runtime is missing", async () => {
  const learner = learnerIn({}, await temporaryFolder()).learner;
  const artifact = await learner.fit(requestFor(columnsByName));

  await expect((await learner.load(artifact)).predict(rowsOf(2).features)).rejects.toMatchObject({
    code: "onnx-runtime-missing",
    hint: expect.stringContaining("npm install"),
  });
});
