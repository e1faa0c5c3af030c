import path from "node:path";
import { describe, expect, it } from "vitest";
import { championScene, churnScene } from "./support/scene.ts";

const error = (run: Promise<unknown>) =>
  run.then(
    () => expect.fail("no error"),
    (thrown: Error & { code: string; hint: string }) => thrown,
  );

/** What a command is given, of a model of that name. */
const commands: readonly (readonly [name: string, words: (model: string) => string[]])[] = [
  ["log", (model) => [model]],
  ["show", (model) => [model]],
  ["diff", (model) => [model]],
  ["drift", (model) => [model]],
  ["predict", (model) => [model, "rows.csv"]],
  ["serve", (model) => [model]],
  ["export", (model) => [`${model}@v1`]],
  ["rollback", (model) => [model]],
  ["reject", (model) => [model]],
  ["reproduce", (model) => [model]],
];

describe("a model that nobody has", () => {
  it("is answered with the one that was probably meant, and one without a version by what it lacks", async () => {
    const scene = await churnScene();
    const flags = { to: "onnx", output: path.join(scene.root, "../out"), offline: true, reason: "why" };
    const said: Record<string, unknown> = {};
    const known: Record<string, unknown> = {};
    for (const [name, words] of commands) {
      const { code, message } = await error(scene.refit(name, words("chrun"), flags));
      // What `drift` reads is the work tree.
      said[name] = `${code}: ${message.replace("in the work tree", "on the base branch")}`;
      known[name] = await scene.refit(name, words("churn"), flags).then(
        () => "no error",
        (thrown: { code?: string }) => thrown.code ?? thrown,
      );
    }
    const expected = 'model-unknown: There is no models/chrun/model.yaml on the base branch. Did you mean "churn"?';

    expect(said).toEqual(Object.fromEntries(commands.map(([name]) => [name, expected])));
    expect(Object.values(known)).not.toContain("model-unknown");
  });
});

it("predictions are not written into a version", async () => {
  const scene = await championScene({ spec: { candidates: [{ learner: "linear" }] } });
  const rows = path.join(scene.root, "data/churn/2026-01.csv");
  const output = path.join(scene.root, "models/churn/champion/artifact/answers.csv");

  const { code, message } = await error(scene.refit("predict", ["churn", rows], { output }));

  expect({ code, message }).toEqual({
    code: "usage",
    message: "models/churn/champion/artifact/answers.csv belongs to a version. Choose another place with --output.",
  });
  expect(await scene.git("status", "--porcelain")).toBe("");
});
