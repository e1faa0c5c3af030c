import { describe, expect, it } from "vitest";
import type { Flags } from "../../src/commands/command.ts";
import { plan } from "./support/candidate-jobs.ts";
import { churnSpec } from "./support/churn.ts";
import { championScene, churnScene, month } from "./support/scene.ts";

const two = { candidates: [{ learner: "gbdt", trees: 5, leaves: 2 }, { learner: "linear" }] };

describe("a plan", () => {
  it("divides 300 candidates among 256 jobs, and names each once", async () => {
    const candidates = Array.from({ length: 300 }, (_, i) => ({ learner: "gbdt", trees: i + 1 }));
    const { matrix, models } = await plan(await churnScene({ spec: { candidates } }));

    expect(matrix.include).toHaveLength(256);
    const digests = matrix.include.flatMap(({ digest }) => digest!.split(" "));
    const named = models.flatMap((each) => (each.result === "due" ? each.candidates : []));
    expect(digests).toEqual(named.map(({ digest }) => digest));
    expect(new Set(digests).size).toBe(300);
  });

  it("has no job when nothing is due, and says why", async () => {
    const scene = await championScene();

    for (const by of ["model", "candidate"]) {
      const planned = await plan(scene, { by });
      expect(planned).toMatchObject({ any: false, matrix: { include: [] } });
      expect(planned.models).toEqual([{ model: "churn", result: "skipped", heldBack: { kind: "unchanged" } }]);
    }
    const { stdout } = await scene.refit("plan");
    expect(stdout).toMatch(/^churn: skipped: .*\nThere is nothing to do\.$/);
  });

  it("gives a person's reason a job, and refused data one only where a job gets a model", async () => {
    const scene = await championScene();
    await scene.land(month(3));
    expect(await plan(scene, { by: "model", force: "again" })).toMatchObject({
      any: true,
      matrix: { include: [{ model: "churn" }] },
      models: [{ result: "due", reasons: [{ kind: "forced" }, { kind: "new-rows" }] }],
    });
    await scene.land({ "data/churn/2026-04.csv": "customer,day\nc,2026-04-01\n" });

    expect(await plan(scene)).toMatchObject({ any: false, models: [{ result: "blocked" }] });
    expect(await plan(scene, { by: "model" })).toMatchObject({ matrix: { include: [{ model: "churn" }] } });
  });

  it("has only models that the changes since a commit affect", async () => {
    const scene = await championScene();
    await scene.land(month(3));
    await scene.land({ "docs/page.md": "# A page" });

    expect(await plan(scene, { affected: "HEAD~1" })).toEqual({ any: false, matrix: { include: [] }, models: [] });
    const due = await plan(scene, { by: "model", affected: "HEAD~2", force: "again" });
    expect(due).toMatchObject({
      matrix: { include: [{ model: "churn" }] },
      models: [{ model: "churn", result: "due" }],
    });
    await expect(scene.refit("plan", [], { affected: "gone" })).rejects.toMatchObject({ code: "usage" });
  });

  it.each([
    ["model", /\n2 jobs, one per model\. 2 models failed: aged, fraud\.$/, ["aged", "fraud"]],
    ["candidate", /\n2 models failed: aged, fraud\.$/, []],
  ])("by %s names the models that failed, and says so with its exit code", async (by, end, jobs) => {
    const scene = await championScene();
    await scene.land({
      "models/fraud/model.yaml": "task: nothing",
      "models/aged/model.yaml": { ...churnSpec, data: "x" },
    });

    const { stdout, exitCode } = await scene.refit("plan", [], { by });
    expect(stdout).toMatch(/^aged: failed\. [^]*\nchurn: skipped: [^]*\nfraud: failed\. /);
    expect(stdout).toMatch(end);
    expect(exitCode).toBe(2);
    const { matrix, models } = await plan(scene, { by });
    expect(matrix.include.map(({ model }) => model)).toEqual(jobs);
    expect(models.map(({ model, result }) => `${model} ${result}`)).toEqual([
      "aged failed",
      "churn skipped",
      "fraud failed",
    ]);
  });

  it("keeps the models of a group in one job, however few jobs there are, and in the same order each time", async () => {
    const scene = await churnScene();
    const inGroup = { ...churnSpec, proposalGroup: "shop" };
    await scene.land({
      "models/a/model.yaml": inGroup,
      "models/b/model.yaml": churnSpec,
      "models/d/model.yaml": churnSpec,
      "models/z/model.yaml": inGroup,
    });

    const planned = await plan(scene, { by: "model", jobs: "3" });
    expect(planned.matrix.include).toEqual([{ model: "a z" }, { model: "b" }, { model: "churn d" }]);
    expect(planned.models.map(({ model }) => model)).toEqual(["a", "b", "churn", "d", "z"]);
    expect(await plan(scene, { by: "model", jobs: "3" })).toEqual(planned);
    expect((await scene.refit("plan")).stdout).toMatch(/\n4 jobs for 5 models\.$/);
  });

  it("shows people the candidates with their numbers", async () => {
    const { stdout } = await (await churnScene({ spec: two })).refit("plan", [], { by: "candidate" });

    expect(stdout).toMatch(
      /^churn: due\.\n {2}because .*\n {2}1 +gbdt +sha256:[0-9a-f]{64}\n {2}2 +linear +sha256:[0-9a-f]{64}\n2 jobs, one per candidate\.$/,
    );
  });

  it.each<[command: string, args: string[], flags: Flags]>([
    ["plan", [], { by: "row" }],
    ["plan", [], { jobs: "0" }],
    ["plan", [], { jobs: "257" }],
    ["plan", [], { force: " " }],
    ["train", [], { candidate: ["1"], out: "x" }],
    ["train", ["churn"], { candidate: ["0"], out: "x" }],
    ["train", ["churn"], { candidate: ["sha256:12"], out: "x" }],
    ["train", ["churn"], { candidate: ["3"], out: "x" }],
    ["choose", [], { out: "x" }],
    ["choose", [], { candidates: "x" }],
    ["choose", [], { candidates: "", out: "x" }],
  ])("%s %j with %j is a mistake", async (command, args, flags) => {
    const scene = await churnScene({ spec: two });
    await expect(scene.refit(command, args, flags)).rejects.toMatchObject({ code: "usage" });
  });
});
