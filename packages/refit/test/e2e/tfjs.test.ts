import { describe, expect, it } from "vitest";
import { reportText } from "./support/report-text.ts";
import { churnScene, month, proposedScene, type Scene } from "./support/scene.ts";
import { folder, verify } from "./support/verify.ts";

const candidate = { learner: "tfjs", hidden: [8], batchSize: 64, epochs: 10, learningRate: 0.05 };
const files = async (scene: Scene) => {
  const list = await scene.git("ls-tree", "-r", "--name-only", "refit--churn", `${folder}/artifact/`);
  return list.split("\n").map((file) => file.slice(`${folder}/artifact/`.length));
};

/** A network of one layer, which fits numbers only. */
const network = `export function build({ tf, numbers, categories, outputs, seed }) {
  const inputs = [tf.input({ shape: [numbers] }), ...categories.map(() => tf.input({ shape: [1], dtype: "int32" }))];
  const embed = (input, i) => tf.layers.flatten().apply(
    tf.layers.embedding({ inputDim: categories[i], outputDim: 2, embeddingsInitializer: "zeros" }).apply(input));
  const all = tf.layers.concatenate().apply([inputs[0], ...inputs.slice(1).map(embed)]);
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  return tf.model({ inputs, outputs: tf.layers.dense({ units: outputs, kernelInitializer }).apply(all) });
}
`;

describe("a network", () => {
  it("is proposed, verified, promoted, made better by newer data where the live one ended, and reproduced", async () => {
    const scene = await proposedScene({ spec: { candidates: [{ ...candidate, start: "warm" }] } });

    expect(await files(scene)).toEqual(["model.json", "weights.bin"]);
    await scene.merge();

    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    const live = await scene.git("rev-parse", `main:${folder}`);
    const outcome = await scene.run();
    expect(outcome).toMatchObject({ decision: "proposed", evidence: { evaluation: { kind: "refresh" } } });
    expect(reportText(outcome)).toContain("goes on from v1 (challenger)");
    const lineage = JSON.parse(await scene.git("show", `refit--churn:${folder}/lineage.json`)) as object;
    expect(lineage).toMatchObject({ startedFrom: live, parent: live });
    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    const { stdout, exitCode } = await scene.refit("reproduce", ["churn"], { json: true });
    expect([JSON.parse(stdout), exitCode]).toMatchObject([{ result: "same" }, 0]);
  });

  it("may be one of the user's own, and is trained again when that changes", async () => {
    const spec = { candidates: [{ ...candidate, code: ["nets/one.js"] }] };
    const scene = await churnScene({ spec });
    await scene.land({ "nets/one.js": network });
    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    expect(await files(scene)).toEqual(["code/nets/one.js", "model.json", "weights.bin"]);
    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ "nets/one.js": `${network}// wider\n` });
    const { stdout } = await scene.refit("plan", ["churn"], { json: true });
    expect(stdout).toContain("code.nets/one.js");
  });

  it("does not stop the other candidates when it cannot be built", async () => {
    const broken = { ...candidate, code: ["nets/one.js"] };
    const scene = await churnScene({ spec: { candidates: [broken, { learner: "linear" }] } });
    await scene.land({ "nets/one.js": "export const build = 3;\n" });

    const outcome = await scene.run();
    expect(outcome.decision).toBe("proposed");
    expect(JSON.stringify(outcome)).toContain("exports no function `build`");
  });
});
