import { readFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { expect, it } from "vitest";
import type { ToldRun } from "refit/json";
import { churnCsv, churnManifest, churnSpec } from "../../refit/test/e2e/support/churn.ts";
import { refitProcess } from "../../refit/test/e2e/support/cli.ts";
import { churnScene, month, type Scene } from "../../refit/test/e2e/support/scene.ts";
import { publishSummary } from "../src/publish.ts";
import { readResult } from "../src/results.ts";

/*
 * What people read of real runs of the built command, as files that were read aloud: in a terminal, in the job summary, in a comment
 * and in an alert. Six models: one with newer data, one of each kind that is new, one that a gate rejects, one whose data are refused,
 * and one with nothing to do.
 */

const one: Readonly<Record<string, unknown>> = {
  ...churnSpec,
  candidates: [{ learner: "gbdt", trees: 8, leaves: 7 }],
  slices: [],
};
const ofData = (data: string) => ({
  [`data-manifests/${data}.yaml`]: { ...churnManifest, sources: [{ path: `data/${data}/*.csv` }] },
  [`data/${data}/2026-01.csv`]: churnCsv({ rows: 300, from: "2026-01-01", seed: 11 }),
  [`data/${data}/2026-02.csv`]: churnCsv({ rows: 300, from: "2026-02-01", seed: 12 }),
});
const strict = (min: number) => ({
  "models/strict/model.yaml": { ...one, gates: [{ metric: "rocAuc", min }] },
});

/** Four models are live. Then months come and two models are added. @returns with the comment on the first model of one of them. */
async function sixModels(): Promise<{ readonly scene: Scene; readonly firstModel: string }> {
  const scene = await churnScene({ remote: false });
  await scene.land({
    "models/quiet/model.yaml": { ...one, data: "quiet" },
    "models/spoilt/model.yaml": { ...one, data: "spoilt" },
    ...strict(0.6),
    ...ofData("quiet"),
    ...ofData("spoilt"),
  });
  await scene.refit("run");
  const firstModel = await comment(scene, "proposals", "churn");
  for (const model of ["churn", "quiet", "spoilt", "strict"]) await scene.merge("merge", `refit--${model}`);
  scene.at("2026-06-03T00:00:00Z");
  await scene.land({
    ...month(3),
    ...strict(0.95),
    "data/spoilt/2026-03.csv": churnCsv({ rows: 300, from: "2026-03-01", seed: 13 }).replace("complaints", "calls"),
    "models/plan/model.yaml": {
      ...one,
      task: "multiclass",
      target: "plan",
      metrics: { primary: "accuracy", also: ["logLoss"] },
      gates: [{ metric: "logLoss", max: 1.2 }],
    },
    "models/complaints/model.yaml": {
      ...one,
      task: "regression",
      target: "complaints",
      metrics: { primary: "mae", also: ["rmse"] },
      gates: [{ metric: "mae", max: 1.2 }],
    },
  });
  return { scene, firstModel };
}

/** What a proposal or an alert says, as the local forge keeps it. */
const comment = ({ root }: Scene, kind: "proposals" | "alerts", model: string) =>
  readFile(path.join(root, ".git/refit", kind, `${model}.md`), "utf8");

/** The built command as a person calls it. */
async function told(scene: Scene, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await refitProcess(scene.repository, [...args, "--now", scene.now()]);
  expect(stderr).not.toContain("error:");
  return stdout;
}

/** The job summary of a run. */
async function summary(outcomes: readonly ToldRun[]): Promise<string> {
  const file = path.join(await temporaryFolder(), "summary.md");
  const { summary: pieces } = readResult("run", outcomes, "https://github.com/octo/demo");
  await publishSummary(pieces, { GITHUB_STEP_SUMMARY: file }, 1);
  return readFile(file, "utf8");
}

/** Seconds and paths differ from run to run. */
const steady = (text: string, scene: Scene) =>
  `${text
    .replaceAll(scene.root, "<repository>")
    .replaceAll(/\b\d+\.\d s\b/g, "0.1 s")
    .trimEnd()}\n`;

it("a run of six models, and each of its ends", { timeout: 600_000 }, async () => {
  const { scene, firstModel } = await sixModels();
  const keep = (text: string, file: string) =>
    expect(steady(text, scene)).toMatchFileSnapshot(`__snapshots__/runs/${file}`);

  await keep(firstModel, "first-model.md");
  for (const [model, what] of [
    ["complaints", "regression"],
    ["plan", "multiclass"],
    ["strict", "rejected"],
  ] as const)
    await keep(await told(scene, "run", model, "--dry-run"), `${what}.txt`);
  const unrun = scene.repository.snapshot();
  await keep(await told(scene, "run"), "six.txt");
  await keep(await comment(scene, "proposals", "churn"), "refresh.md");
  await keep(await comment(scene, "proposals", "complaints"), "regression.md");
  await keep(await comment(scene, "proposals", "plan"), "multiclass.md");
  await keep(await comment(scene, "alerts", "spoilt"), "blocked-alert.md");

  await unrun();
  const json = JSON.parse(await told(scene, "run", "--json")) as ToldRun[];
  const summaryOf = (...models: readonly string[]) => summary(json.filter(({ model }) => models.includes(model)));
  await keep(await summary(json), "six-summary.md");
  await keep(await summaryOf("spoilt"), "blocked-summary.md");
  await keep(await summaryOf("strict"), "rejected-summary.md");
  await keep(await told(scene, "run", "spoilt"), "blocked.txt");
});
