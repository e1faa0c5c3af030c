import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Flags } from "../../src/commands/command.ts";
import type { Diagnosis } from "../../src/ports/diagnosis.ts";
import type { ImportProposal } from "../../src/runs/import-model.ts";
import { churnModel, otherNames, weakChurnModel } from "../learners/onnx-models.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { bytesOf, onnxScene, skipped } from "./support/elsewhere.ts";
import { month, openScene, type Scene, type SceneOptions } from "./support/scene.ts";
import { commit, edit, folder, verify } from "./support/verify.ts";

const branch = "refit-import--churn";
const file = "in-use.onnx";

/** The churn rows without a champion, and beside the repository a model that is in use. */
async function sceneOf(model = churnModel, options: SceneOptions = {}): Promise<Scene> {
  const scene = await onnxScene(options);
  await scene.write(`.git/${file}`, bytesOf(model));
  return scene;
}

async function importInto(scene: Scene, flags: Flags = {}): Promise<ImportProposal> {
  const { stdout } = await scene.refit("import", ["churn"], { onnx: `.git/${file}`, json: true, ...flags });
  return JSON.parse(stdout) as ImportProposal;
}

const lineageAt = async (scene: Scene, at: string) =>
  JSON.parse(await scene.git("show", `${at}:${folder}/lineage.json`)) as Record<string, unknown>;

const onBranch = async <T>(scene: Scene, work: () => Promise<T>): Promise<T> => {
  await scene.git("switch", "--quiet", branch);
  const result = await work();
  await scene.git("switch", "--quiet", "main");
  return result;
};

describe.skipIf(skipped)(
  `a model that is in use${skipped ? " (SKIPPED: onnxruntime-web cannot be installed)" : ""}`,
  () => {
    it("is the first version by a merge alone, and is checked by scoring it again", async () => {
      const scene = await sceneOf();
      const before = await scene.git("rev-parse", "main");

      const proposal = await importInto(scene);

      expect(await scene.git("rev-parse", "main")).toBe(before);
      expect(await lineageAt(scene, branch)).toMatchObject({
        declared: { by: "import", trainedUntil: null },
        trainedUntil: null,
        parent: null,
        learner: { name: "onnx", settings: {} },
      });
      expect(proposal).toMatchObject({ branch, operation: "created" });
      expect(JSON.stringify(proposal.report.headline)).toContain("nobody has said until when, so it may have seen all");
      expect(await scene.git("show", `${branch}:${folder}/README.md`)).toContain(
        "it may have seen the rows of the numbers",
      );
      expect(await onBranch(scene, () => verify(scene))).toMatchObject({
        result: "valid",
        problems: [],
        verdict: null,
        title: expect.stringMatching(/not trained again, since it was imported; the 7 files beside it were made again/),
      });

      await scene.merge("squash", branch);
      const { stdout } = await scene.refit("reproduce", ["churn"], { json: true });
      expect(JSON.parse(stdout)).toMatchObject({ result: "rescored" });
    });

    it("is compared with the next proposal, which says what the champion may have seen", async () => {
      const scene = await sceneOf();
      await importInto(scene);
      await scene.merge("squash", branch);
      const { stdout } = await scene.refit("status");
      expect(stdout).toContain("trained elsewhere, nobody has said until when");
      expect(stdout).toContain(
        "next retrain: now, because the champion was imported, and no candidate has been compared with it",
      );

      // At once: no cool-down holds back the first candidate, and no ledger is missing where there was none.
      const outcome = await scene.run();
      expect(JSON.stringify(outcome)).not.toContain("The ledger branch is missing");
      expect(outcome).toMatchObject({
        reasons: [{ kind: "imported" }],
        evidence: {
          evaluation: {
            kind: "change",
            elsewhere: { challenger: null, champion: { trainedUntil: null, maySeen: 180 } },
          },
        },
      });
      expect(JSON.stringify(outcome)).toContain("the champion may have seen these 180 rows, which favours it");
      expect(await scene.run()).toMatchObject({ decision: expect.stringMatching(/suppressed|skipped/) });
    });

    it("is measured on the rows that are newer than what it is said to have learned from", async () => {
      const scene = await sceneOf();

      const { evaluation, report } = await importInto(scene, { "trained-until": "2026-02-20" });

      expect(evaluation.holdout).toMatchObject({ rows: 100, from: "2026-02-21T00:00:00.000Z" });
      expect(JSON.stringify(report.headline)).toContain("is declared, not measured");
      expect(await lineageAt(scene, branch)).toMatchObject({
        declared: { by: "import", trainedUntil: "2026-02-20T23:59:59.999Z" },
        trainedUntil: "2026-02-20T23:59:59.999Z",
      });
      expect(await onBranch(scene, () => verify(scene))).toMatchObject({ result: "valid", problems: [] });
      await scene.merge("merge", branch);
      const declared = "learned until 2026-02-20 (declared)";
      expect((await scene.refit("status")).stdout).toContain(`${declared} (101 days ago)`);
      expect((await scene.refit("log", ["churn"])).stdout).toMatch(
        / promotion, champion .*\n {2}learned until 2026-02-20 \(declared\)$/m,
      );
      expect((await scene.refit("show", ["churn"])).stdout).toMatch(/^ {2}learned +until 2026-02-20 \(declared\)$/m);
      scene.at("2026-06-05T00:00:00Z");
      await scene.land(month(3));
      const outcome = await scene.run();
      expect(outcome).toMatchObject({ evidence: { evaluation: { elsewhere: { champion: { maySeen: 0 } } } } });
    });

    it("answers as the version that refit has exported, times and missing texts among its inputs", async () => {
      const spec = {
        candidates: [{ learner: "gbdt", trees: 20, leaves: 5 }],
        features: { exclude: ["customer"], include: ["plan", "hours", "complaints", "day"] },
      };
      const scene = await onnxScene({ spec });
      await scene.run();
      await scene.merge();
      const place = (name: string) => path.join(scene.root, ".git", name);
      const predict = async (name: string) => {
        await scene.refit("predict", ["churn", path.join(scene.root, "data/churn/2026-02.csv")], {
          output: place(name),
        });
        const lines = (await readFile(place(name), "utf8")).trim().split("\n");
        return lines.map((line) => line.replace(/,[^,]*$/, ""));
      };
      const own = await predict("own.csv");
      await scene.refit("export", ["churn"], { to: "onnx", output: place("exported") });
      await scene.repository.remove(folder);
      await scene.repository.commit("no champion");

      await importInto(scene, { onnx: ".git/exported/model.onnx" });
      await scene.merge("squash", branch);

      expect(await predict("again.csv")).toEqual(own);
    });

    it("is proposed whatever the gates would say of it, and they are told", async () => {
      const scene = await sceneOf(weakChurnModel, { spec: { gates: [{ metric: "rocAuc", min: 0.99 }] } });

      const { report } = await importInto(scene);

      expect(JSON.stringify(report.headline.objections)).toMatch(
        /a challenger would not be promoted: .*at least 0.99 is required/,
      );
      expect(await onBranch(scene, () => verify(scene))).toMatchObject({ result: "valid" });
    });

    it("is looked at by the doctor: its runtime, its inputs, and the columns of today", async () => {
      const said = async (of: Scene) =>
        (JSON.parse((await of.refit("doctor", [], { json: true })).stdout) as Diagnosis[]).map(({ what, fix }) => [
          what,
          fix,
        ]);
      const scene = await sceneOf();
      await importInto(scene);
      await scene.merge("squash", branch);

      expect(await said(scene)).toEqual([]);
      const without = await openScene(scene.repository, { from: scene.now() });
      expect(await said(without)).toEqual([
        [
          "A model in ONNX needs the package onnxruntime-web, which is not installed here.",
          "Install it where refit runs: `npm install --save-dev onnxruntime-web`.",
        ],
      ]);

      const prepare = "SELECT * EXCLUDE (complaints), complaints AS calls FROM source";
      await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, prepare } });
      expect(await said(scene)).toEqual([
        [
          'churn: the champion was trained elsewhere, and today\'s rows are not what it reads: "complaints" is missing.',
          expect.stringMatching(/^Make such a column in data-manifests\/churn\.yaml, /),
        ],
      ]);
    });

    it("needs no time, and then may have seen every row", async () => {
      const scene = await sceneOf(churnModel, { spec: { time: undefined, key: "customer" } });

      const { evaluation } = await importInto(scene);
      await scene.merge("merge", branch);
      scene.at("2026-06-05T00:00:00Z");

      expect(evaluation.elsewhere).toMatchObject({ challenger: { maySeen: evaluation.holdout.rows } });
      const outcome = await scene.run();
      expect(outcome).toMatchObject({ evidence: { evaluation: { elsewhere: { champion: { trainedUntil: null } } } } });
    });

    it("is proposed once more where the file is another one, and nothing is written by a dry run", async () => {
      const scene = await sceneOf();
      expect(await importInto(scene, { "dry-run": true })).toMatchObject({ version: null, url: null });
      expect(await scene.git("branch", "--list", branch)).toBe("");
      const { version } = await importInto(scene);
      expect(await importInto(scene)).toMatchObject({ version, operation: "unchanged" });
      await scene.write(`.git/${file}`, bytesOf(weakChurnModel));
      const other = await importInto(scene);
      expect(other.operation).toBe("updated");
      expect(other.version).not.toBe(version);
      const { stdout } = await scene.refit("import", ["churn"], { onnx: `.git/${file}` });
      expect(stdout).toMatch(
        /^churn: proposed an import on refit-import--churn\.\n {2}proposal: .*\n {2}to make it the champion: git merge/,
      );
    });

    it.each<[what: string, flags: Flags, code: string, message: RegExp, model?: string]>([
      ["no file", {}, "usage", /needs a model \(--onnx FILE\), or its predictions/],
      ["a file that is not there", { onnx: "gone.onnx" }, "import-invalid", /no file "gone.onnx"/],
      [
        "no time",
        { onnx: `.git/${file}`, "trained-until": "yesterday" },
        "usage",
        /--trained-until "yesterday" is not a day/,
      ],
      ["inputs that no row has", { onnx: `.git/${file}` }, "command-failed", /the nearest is "complaints"/, otherNames],
    ])("is refused with %s, and nothing is written", async (_what, flags, code, message, model) => {
      const scene = await sceneOf(model);

      await expect(scene.refit("import", ["churn"], flags)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
      expect(await scene.git("branch", "--list", branch)).toBe("");
    });
  },
);

describe.skipIf(skipped)("where there is a champion", () => {
  /** An import that was proposed before another model went live. */
  async function overtaken(): Promise<Scene> {
    const scene = await sceneOf();
    await importInto(scene);
    await scene.run();
    await scene.merge();
    return scene;
  }

  it("nothing is imported: whoever wants to compete is a candidate", async () => {
    const scene = await overtaken();

    await expect(importInto(scene)).rejects.toMatchObject({
      code: "import-invalid",
      message: expect.stringContaining("has the champion v1"),
      hint: expect.stringContaining("learner: onnx"),
    });
  });

  it("an import is stale, and none passes for one that says it was compared with the champion", async () => {
    const scene = await overtaken();
    const live = await scene.git("rev-parse", `main:${folder}`);
    await scene.git("switch", "--quiet", "--create", "mine", "main");
    await scene.git("rm", "--quiet", "-r", folder);
    await scene.git("checkout", "--quiet", branch, "--", folder);
    await commit(scene);
    expect(await verify(scene)).toMatchObject({ result: "failed", title: "Compared with another champion" });

    await edit(scene, "lineage.json", (old: object) => ({ ...old, parent: live }));
    await commit(scene);

    expect(await verify(scene)).toMatchObject({
      result: "failed",
      problems: [expect.stringContaining("only a first version is imported")],
    });
  });
});

describe.skipIf(skipped)("a proposal that says it is an import", () => {
  it.each([
    [
      "with numbers of its own",
      "metrics.json",
      (old: { holdout: object }) => ({ holdout: { ...old.holdout, rocAuc: 1 } }),
    ],
    [
      "with another date",
      "lineage.json",
      (old: { declared: object }) => ({
        ...old,
        trainedUntil: "2020-01-01T00:00:00.000Z",
        declared: { by: "import", trainedUntil: "2020-01-01T00:00:00.000Z" },
      }),
    ],
    ["that asks another question", "artifact/onnx.json", (old: object) => ({ ...old, task: "regression" })],
  ])("is refused %s", async (_what, name, change) => {
    const scene = await sceneOf(churnModel, { spec: { ...churnSpec } });
    await importInto(scene, { "trained-until": "2026-01-31" });
    await scene.git("switch", "--quiet", branch);
    await edit(scene, name, change);
    await commit(scene);

    expect(await verify(scene)).toMatchObject({ result: "failed" });
  });

  it("brings its model and nothing else", async () => {
    const scene = await sceneOf();
    await importInto(scene);
    await scene.git("switch", "--quiet", branch);
    await scene.write(`${folder}/artifact/more.js`, "process.exit()");
    const text = await readFile(path.join(scene.root, folder, "lineage.json"), "utf8");
    expect(text).not.toContain("more.js");
    await edit(scene, "artifact/onnx.json", (old: object) => old);
    await commit(scene);

    expect(await verify(scene)).toMatchObject({ result: "failed" });
  });
});
