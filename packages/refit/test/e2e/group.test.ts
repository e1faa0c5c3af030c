import { readFile } from "node:fs/promises";
import { createRepository, type TemporaryRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Outcome, RunResult } from "../../src/products/outcome.ts";
import type { Verification } from "../../src/runs/verify/verification.ts";
import { churnCsv, churnManifest, churnSpec } from "./support/churn.ts";
import { churnSceneIn, type Scene } from "./support/scene.ts";

const branch = "refit-group--shop";
const linear = { ...churnSpec, candidates: [{ learner: "linear" }] };
const inGroup = { ...linear, proposalGroup: "shop" };
const upside = (number: number) => ({
  [`data/upside/${number}.csv`]: churnCsv({ rows: 300, from: `2026-0${number}-01`, seed: number + 20 }),
});
const month = (number: number) => ({
  [`data/churn/2026-0${number}.csv`]: churnCsv({ rows: 300, from: `2026-0${number}-01`, seed: number }),
});

/** Two models of different data. */
async function twoModels(spec: object): Promise<Scene> {
  const repository: TemporaryRepository = await createRepository({ remote: true });
  onTestFinished(() => repository.dispose());
  const scene = await churnSceneIn(repository, { spec });
  await scene.land({
    "models/upside/model.yaml": { ...spec, data: "upside" },
    "data-manifests/upside.yaml": { ...churnManifest, sources: [{ path: "data/upside/*.csv" }] },
    ...upside(1),
    ...upside(2),
  });
  return scene;
}

async function run(scene: Scene, names: readonly string[] = [], flags = {}): Promise<readonly RunResult[]> {
  return JSON.parse((await scene.refit("run", names, { ...flags, json: true })).stdout) as RunResult[];
}

/** What became of each: its decision, and why it was held back. */
const ends = (results: readonly RunResult[]) =>
  results.map((each) => [each.model, each.decision, ...("heldBack" in each ? [each.heldBack.kind] : [])].join(" "));

const treeOf = (scene: Scene, commit: string, model: string) =>
  scene.git("rev-parse", `${commit}:models/${model}/champion`);

const verifyAll = async (scene: Scene) =>
  JSON.parse((await scene.refit("verify", [], { json: true })).stdout) as Verification[];

const ledger = async (scene: Scene, model: string) =>
  (await scene.git("show", `refit-ledger:models/${model}.jsonl`))
    .split("\n")
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { kind: string }).kind);

describe("models of a proposal group", { timeout: 600_000 }, () => {
  it("are proposed, verified, promoted and declined together, with the bytes that each has by itself", async () => {
    const alone = await twoModels(linear);
    await run(alone);
    const scene = await twoModels(inGroup);

    // One is named, and the other is judged with it.
    const { stdout, notices } = await scene.refit("run", ["churn"], { json: true });
    const first = JSON.parse(stdout) as Outcome[];

    expect(notices).toContain("Models of the proposal group shop move together, so upside is judged as well.");
    expect(ends(first)).toEqual(["churn proposed", "upside proposed"]);
    expect(first.map((each) => "branch" in each && each.branch)).toEqual([branch, branch]);
    expect(await scene.git("log", "--format=%s", `main..${branch}`)).toBe("refit(shop): new versions of churn, upside");
    expect(await scene.git("branch", "--list", "refit--*")).toBe("");
    for (const model of ["churn", "upside"])
      expect(await treeOf(scene, branch, model)).toBe(await treeOf(alone, `refit--${model}`, model));
    const page = await readFile(first.flatMap((each) => ("url" in each && each.url) || [])[0]!, "utf8");
    expect(page).toMatch(/\| <code>churn<\/code> \| promote \|[^]*\| <code>upside<\/code> \| promote \|/);
    expect(page).toMatch(/^## churn$[^]*^## upside$/m);
    expect(ends(await run(scene))).toEqual(["churn skipped proposal-open", "upside skipped proposal-open"]);
    const status = JSON.parse((await scene.refit("status", [], { json: true })).stdout) as object[];
    expect(status).toMatchObject([
      { model: "churn", group: "shop", proposalState: "open" },
      { model: "upside", group: "shop", proposalState: "open" },
    ]);

    await scene.git("switch", "--quiet", branch);
    expect((await verifyAll(scene)).map(({ result }) => result)).toEqual(["valid", "valid"]);
    await scene.write("models/upside/champion/README.md", "other");
    await scene.git("commit", "--quiet", "--all", "--message", "Edit");
    expect((await verifyAll(scene)).map(({ result }) => result)).toEqual(["valid", "failed"]);
    await scene.git("reset", "--quiet", "--hard", "HEAD~1");
    await scene.git("switch", "--quiet", "main");
    await scene.merge("squash", branch);
    expect((await scene.refit("promote")).stdout).toMatch(/churn@v1 +created\nupside@v1 +created/);
    expect(ends(await run(scene))).toEqual(["churn skipped unchanged", "upside skipped unchanged"]);

    await oneChanges(scene);
    await oneIsInTheWay(scene);
    await declined(scene);
  });

  it("are refused, each by its name, by what trains in one job for another, and others are not", async () => {
    const scene = await twoModels(inGroup);
    await scene.land({ "models/single/model.yaml": linear });
    const failed = (model: string) => ({
      model,
      error: {
        code: "group-hand-over",
        message: `"${model}" is in the proposal group "shop", whose models are trained and judged in one job. Nothing was trained.`,
        hint: expect.stringContaining("Run `refit run` for it in one job, without `--candidates`") as string,
      },
    });
    const asJson = async (name: string, flags: object) => {
      const { exitCode, stdout } = await scene.refit(name, [], { ...flags, json: true });
      expect(exitCode).toBe(2);
      return JSON.parse(stdout) as unknown;
    };
    const refs = await scene.git("for-each-ref");

    const { matrix, models } = (await asJson("plan", { by: "candidate" })) as { matrix: object; models: object[] };
    expect(matrix).toEqual({ include: [expect.objectContaining({ model: "single", candidate: "1" })] });
    expect(models).toMatchObject([failed("churn"), failed("upside"), { model: "single", result: "due" }]);
    const trained = (await asJson("train", { out: "trained" })) as { candidates: string; models: object[] };
    expect(trained.models).toMatchObject([failed("churn"), { model: "single", result: "trained" }, failed("upside")]);
    await scene.refit("train", ["single"], { out: "one", candidate: ["1"] });
    const chosen = (await asJson("choose", { candidates: "one", out: "chosen" })) as typeof trained;
    expect(chosen.models).toEqual(trained.models);
    await expect(scene.refit("train", ["upside"], { out: "other", candidate: ["1"] })).rejects.toMatchObject(
      failed("upside").error,
    );
    expect(await scene.git("for-each-ref")).toBe(refs);

    expect(await asJson("run", { candidates: `trained@${trained.candidates}` })).toMatchObject([
      failed("churn"),
      { model: "single", decision: "proposed" },
      failed("upside"),
    ]);
    expect(await scene.git("branch", "--list", "refit-group--*")).toBe("");
  });
});

/** New data for one: the other has nothing to move to. */
async function oneChanges(scene: Scene): Promise<void> {
  scene.at("2026-06-05T00:00:00Z");
  await scene.land(month(3));
  expect(ends(await run(scene, [], { "dry-run": true }))).toEqual(["churn proposed", "upside skipped unchanged"]);
  const plan = JSON.parse((await scene.refit("plan", [], { json: true })).stdout) as { matrix: object };
  expect(plan.matrix).toEqual({ include: [{ model: "churn upside" }] });

  expect(ends(await run(scene))).toEqual(["churn proposed", "upside skipped unchanged"]);
  expect(await scene.git("diff", "--name-only", `main...${branch}`)).not.toContain("upside");
  // What it says of the other, which it leaves as it is, is nothing.
  expect(ends(await run(scene))).toEqual(["churn skipped proposal-open", "upside skipped unchanged"]);
  await scene.merge("merge", branch);
  expect(ends(await run(scene))).toEqual(["churn skipped unchanged", "upside skipped unchanged"]);
}

/** One is refused its data, cannot be read, or is not good enough. */
async function oneIsInTheWay(scene: Scene): Promise<void> {
  scene.at("2026-06-08T00:00:00Z");
  const champions = await scene.git("rev-parse", "main:models/churn/champion", "main:models/upside/champion");
  const spec = { ...inGroup, data: "upside" };
  await scene.land({ ...month(4), "data/upside/3.csv": "customer,day,plan,hours,complaints,left\n" });
  expect(ends(await run(scene, ["churn"]))).toEqual(["churn skipped group-held", "upside blocked"]);

  await scene.land({
    ...upside(3),
    "models/upside/model.yaml": `${JSON.stringify(spec, null, 2).slice(0, -2)}, "x": 1}`,
  });
  const told = await scene.refit("run");
  expect(told.stdout).toContain(
    "churn: skipped: models of the proposal group shop move together, and upside could not be judged, so none of them is proposed.",
  );

  await scene.land({ "models/upside/model.yaml": { ...spec, gates: [{ metric: "rocAuc", min: 0.999 }] } });
  expect(ends(await run(scene))).toEqual(["churn skipped group-held", "upside rejected"]);
  expect((await ledger(scene, "churn")).slice(-1)).toEqual(["look"]);
  // Nothing is trained for nothing: who is not good enough is known.
  expect(ends(await run(scene))).toEqual(["churn skipped nothing-due", "upside suppressed refused"]);
  expect(await scene.git("rev-parse", "main:models/churn/champion", "main:models/upside/champion")).toBe(champions);
  await scene.land({ "models/upside/model.yaml": spec });
}

/** A person's no to the proposal is one to each of its models, and one model can be rolled back by itself. */
async function declined(scene: Scene): Promise<void> {
  scene.at("2026-06-10T00:00:00Z");
  expect(ends(await run(scene))).toEqual(["churn proposed", "upside proposed"]);
  const { stdout } = await scene.refit("reject", ["upside"], { reason: "not now" });
  expect(stdout).toBe("upside, churn: declined. The same inputs are not proposed again.");
  for (const model of ["churn", "upside"]) expect((await ledger(scene, model)).at(-1)).toBe("declined");
  expect(await scene.git("branch", "--all", "--list", `*${branch}`)).toBe("");
  expect(ends(await run(scene))).toEqual(["churn suppressed refused", "upside suppressed refused"]);

  scene.at("2026-06-12T00:00:00Z");
  await scene.land(month(5));
  expect(ends(await run(scene))).toEqual(["churn proposed", "upside proposed"]);
  scene.at("2026-07-05T00:00:00Z"); // after the last of the new rows
  await scene.land(month(6));
  expect(ends(await run(scene))).toEqual(["churn updated", "upside updated"]);
  await scene.refit("rollback", ["churn"]);
  expect(await scene.git("diff", "--name-only", "main...refit-rollback--churn")).not.toContain("upside");
}
