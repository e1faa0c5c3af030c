import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { churnModel, otherNames, weakChurnModel } from "../learners/onnx-models.ts";
import { churnSpec } from "./support/churn.ts";
import { bytesOf, modelPath, onnxCandidate, onnxScene, skipped } from "./support/elsewhere.ts";
import { month, openScene, type Scene } from "./support/scene.ts";
import { edit, commit, folder, verify } from "./support/verify.ts";

const trees = { learner: "gbdt", trees: 8, leaves: 7 };

/** The model `churn` with these candidates, and the file of the one that was trained elsewhere. */
async function sceneWith(candidates: readonly object[], model = churnModel): Promise<Scene> {
  const scene = await onnxScene({ spec: { candidates } });
  await scene.land({ [modelPath]: bytesOf(model) });
  return scene;
}

const stored = async (scene: Scene, name: string, at = "refit--churn") =>
  JSON.parse(await scene.git("show", `${at}:${folder}/${name}`)) as Record<string, unknown>;

const comparisonOf = (outcome: Outcome) => {
  if (!("evidence" in outcome) || outcome.evidence === null) throw new Error(`${outcome.decision} has no evidence`);
  return outcome.evidence.evaluation;
};

/** The lines above the tables. */
const headlineOf = (outcome: Outcome) => {
  if (!("report" in outcome)) throw new Error(`${outcome.decision} has no report`);
  return JSON.stringify(outcome.report?.headline);
};

describe.skipIf(skipped)(
  `a model that was trained elsewhere${skipped ? " (SKIPPED: onnxruntime-web cannot be installed)" : ""}`,
  () => {
    it("is handed out as it is by `refit export`, once it is live", async () => {
      const scene = await sceneWith([onnxCandidate("2026-01-31")]);
      await scene.run();
      await scene.merge();

      await scene.refit("export", ["churn"], { to: "onnx", output: "out" });

      const file = await readFile(path.join(scene.root, "out/model.onnx"));
      expect(file.equals(bytesOf(churnModel))).toBe(true);
    });

    it.each<[of: string, candidate: object]>([
      ["trees", trees],
      ["a calibrated linear model", { learner: "linear", calibration: "platt" }],
    ])(
      "may be what `refit export` wrote of %s: judged, proposed, merged, it answers as that one does",
      async (_of, candidate) => {
        const scene = await onnxScene({ spec: { candidates: [candidate] } });
        await scene.run();
        await scene.merge();
        await scene.refit("export", ["churn"], { to: "onnx", output: "out" });
        scene.at("2026-06-10T00:00:00Z");
        const file = "models/again/model.onnx";
        const again = { learner: "onnx", file, trainedUntil: "2026-03-02" };
        await scene.land({
          ...month(3),
          [file]: await readFile(path.join(scene.root, "out/model.onnx")),
          "models/again/model.yaml": { ...churnSpec, candidates: [again] },
        });

        const [outcome] = JSON.parse((await scene.refit("run", ["again"], { json: true })).stdout) as [Outcome];
        expect(outcome).toMatchObject({ decision: "proposed" });
        expect(comparisonOf(outcome)).toMatchObject({ elsewhere: { challenger: { maySeen: 0 } } });
        await scene.merge("merge", "refit--again");

        const probabilities = async (model: string) => {
          const output = path.join(scene.root, `${model}.jsonl`);
          await scene.refit("predict", [model, path.join(scene.root, "data/churn/2026-03.csv")], {
            output,
            json: true,
          });
          const lines = (await readFile(output, "utf8")).trimEnd().split("\n");
          return lines.map((line) => (JSON.parse(line) as { probability_true: number }).probability_true);
        };
        const found = await probabilities("again");
        expect(found).toEqual(await probabilities("churn"));
        expect(new Set(found).size).toBeGreaterThan(5);
        const { stdout } = await scene.refit("reproduce", ["again"], { json: true });
        expect(JSON.parse(stdout)).toMatchObject({ result: "same" });
      },
    );

    it("is proposed as it is, says what is declared of it, is made again byte by byte, and reproduced", async () => {
      const scene = await sceneWith([onnxCandidate("2026-01-31")]);

      const outcome = await scene.run();

      expect(outcome).toMatchObject({ decision: "proposed" });
      expect(headlineOf(outcome)).toContain(
        "it was trained elsewhere: that it has learned from no row after 2026-01-31 is declared, not measured",
      );
      const files = await scene.git("ls-tree", "-r", "--name-only", "refit--churn", `${folder}/artifact/`);
      expect(files.split("\n").map((file) => file.slice(`${folder}/artifact/`.length))).toEqual([
        "model.onnx",
        "onnx.json",
      ]);
      expect(await scene.git("rev-parse", `refit--churn:${folder}/artifact/model.onnx`)).toBe(
        await scene.git("rev-parse", `main:${modelPath}`),
      );
      const lineage = await stored(scene, "lineage.json");
      expect(lineage).toMatchObject({
        declared: { by: "candidate", trainedUntil: "2026-01-31T23:59:59.999Z" },
        trainedUntil: "2026-01-31T23:59:59.999Z",
        judgedArtifact: null,
        learner: { name: "onnx", settings: { file: modelPath, trainedUntil: "2026-01-31" } },
      });
      expect(lineage).not.toHaveProperty("trainedRows");
      expect(await scene.git("show", `refit--churn:${folder}/README.md`)).toMatch(
        /trained elsewhere. model.yaml says that it has learned from no row after 2026-01-31; that is declared, not measured. .* which are newer/,
      );

      await scene.git("switch", "--quiet", "refit--churn");
      expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
      await scene.git("switch", "--quiet", "main");
      await scene.merge();
      const { stdout } = await scene.refit("reproduce", ["churn"], { json: true });
      expect(JSON.parse(stdout)).toMatchObject({ result: "same" });
    });

    it("is judged on newer rows than it has learned from, and on no others", async () => {
      const all = comparisonOf(await (await sceneWith([onnxCandidate("2026-01-31")])).run()).holdout;
      const scene = await sceneWith([onnxCandidate("2026-02-20")]);

      const { holdout, elsewhere } = comparisonOf(await scene.run());

      expect(all).toMatchObject({ rows: 180 });
      // Ten rows a day, from the 21st to the 2nd of March.
      expect(holdout).toMatchObject({ rows: 100, from: "2026-02-21T00:00:00.000Z" });
      expect(elsewhere).toMatchObject({ challenger: { maySeen: 0 }, champion: null });
      expect(holdout.digest).not.toBe(all.digest);
    });

    it("is not judged where no row is newer: the others go on, and alone the run ends", async () => {
      const beside = await sceneWith([trees, onnxCandidate("2026-03-02")]);
      const outcome = await beside.run();
      expect(outcome).toMatchObject({ decision: "proposed" });
      expect(JSON.stringify(outcome)).toContain("no row of the holdout is newer, so it cannot be judged");
      expect(await stored(beside, "lineage.json")).toMatchObject({ learner: { name: "gbdt" } });

      const alone = await sceneWith([onnxCandidate("2026-03-02")]);
      await expect(alone.run()).rejects.toMatchObject({ code: "rows-seen" });
    });

    it("is chosen among others by validation rows that it has not seen, as they are", async () => {
      const known = await sceneWith([{ ...trees, trees: 1 }, onnxCandidate("2026-01-10")]);
      expect(await known.run()).toMatchObject({ decision: "proposed" });
      expect(await stored(known, "lineage.json")).toMatchObject({ learner: { name: "onnx" } });

      const late = await sceneWith([{ ...trees, trees: 1 }, onnxCandidate("2026-02-12")]);
      const outcome = await late.run();
      expect(JSON.stringify(outcome)).toMatch(/0 validation rows are newer: candidates are chosen by them/);
      expect(await stored(late, "lineage.json")).toMatchObject({ learner: { name: "gbdt" } });
    });

    it("is compared with the champion, and is rejected where it is the champion already", async () => {
      const scene = await sceneWith([onnxCandidate("2026-01-31")]);
      await scene.run();
      await scene.merge();
      scene.at("2026-06-10T00:00:00Z");
      await scene.land(month(3));

      const same = await scene.run();
      expect(same).toMatchObject({ decision: "rejected", because: [{ kind: "same-model" }] });
      expect(headlineOf(same)).toContain("it is the champion");

      scene.at("2026-06-20T00:00:00Z");
      await scene.land({ [modelPath]: bytesOf(weakChurnModel) });
      const worse = await scene.run();
      expect(worse).toMatchObject({ decision: "rejected" });
      expect(comparisonOf(worse)).toMatchObject({ kind: "change", elsewhere: { isChampion: false } });
      expect(headlineOf(worse)).toContain("the champion was trained elsewhere");
    });

    it("as the champion is compared with what refit trains on rows that it may have seen, which is told", async () => {
      const scene = await sceneWith([onnxCandidate("2026-02-27")], weakChurnModel);
      await scene.land({
        "models/churn/model.yaml": {
          ...churnSpec,
          candidates: [onnxCandidate("2026-02-27")],
          gates: [{ metric: "rocAuc", min: 0.001 }],
          holdout: { fraction: 0.3, minRows: 1 },
        },
      });
      expect(await scene.run()).toMatchObject({ decision: "proposed" });
      await scene.merge();
      scene.at("2026-06-10T00:00:00Z");
      await scene.land({ "models/churn/model.yaml": { ...churnSpec, candidates: [trees] } });

      const outcome = await scene.run();
      const { elsewhere, holdout, procedures } = comparisonOf(outcome);

      expect({ procedures, rows: holdout.rows }).toEqual({ procedures: false, rows: 180 });
      // From the 13th to the 27th.
      expect(elsewhere).toMatchObject({ challenger: null, champion: { maySeen: 150 } });
      expect(headlineOf(outcome)).toMatch(/the champion may have seen 150 of these 180 rows, which favours it/);
      expect(headlineOf(outcome)).toContain("rows that the challenger has not seen");
    });

    it.each([
      ["an input that no column has", otherNames, /has an input "complaint", .* the nearest is "complaints"/],
      ["no model at all", "bm90IGEgbW9kZWw=", /cannot be run/],
    ])("with %s ends the run with what is wrong", async (_what, model, message) => {
      const scene = await sceneWith([onnxCandidate("2026-01-31")], model);

      await expect(scene.run()).rejects.toMatchObject({
        code: "command-failed",
        outcome: "onnx-unfit",
        message: expect.stringMatching(message),
      });
    });

    it("says that its file is not on the base branch", async () => {
      const scene = await onnxScene({ spec: { candidates: [onnxCandidate("2026-01-31")] } });

      await expect(scene.run()).rejects.toMatchObject({ code: "command-failed", outcome: "code-missing" });
    });

    it("is refused where the proposal holds another file, or says something else of it", async () => {
      const scene = await sceneWith([onnxCandidate("2026-01-31")]);
      await scene.run();
      await scene.git("switch", "--quiet", "refit--churn");
      await edit(scene, "lineage.json", (old: { declared: object }) => ({
        ...old,
        declared: { ...old.declared, trainedUntil: "2025-01-31T23:59:59.999Z" },
      }));
      await commit(scene);

      expect(await verify(scene)).toMatchObject({
        result: "failed",
        problems: expect.arrayContaining([expect.stringContaining("declared.trainedUntil")]),
      });
    });

    it("is looked at by the doctor, who opens it", async () => {
      const said = async (scene: Scene) =>
        (JSON.parse((await scene.refit("doctor", [], { json: true })).stdout) as { what: string }[]).map(
          ({ what }) => what,
        );
      const good = await sceneWith([onnxCandidate("2026-01-31")]);
      expect(await said(good)).toEqual([]);
      const without = await openScene(good.repository, { from: good.now() });
      expect(await said(without)).toEqual([expect.stringContaining("onnxruntime-web, which is not installed")]);

      const broken = await sceneWith([onnxCandidate("2026-01-31")], "bm90IGEgbW9kZWw=");
      expect(await said(broken)).toEqual([expect.stringMatching(/the learner onnx cannot be run/)]);
    });

    it("is handed over by a job that trains to one that judges", async () => {
      const scene = await sceneWith([onnxCandidate("2026-02-20")]);
      const { stdout } = await scene.refit("train", ["churn"], { out: "made", json: true });
      const { candidates } = JSON.parse(stdout) as { candidates: string };

      const outcome = await scene.run({ candidates: `made@${candidates}` });

      expect(outcome).toMatchObject({ decision: "proposed" });
      expect(comparisonOf(outcome).holdout.rows).toBe(100);
      expect(await stored(scene, "lineage.json")).toMatchObject({ declared: { by: "candidate" } });
    });
  },
);
