import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import type { Verification } from "../../src/runs/verify/verification.ts";
import {
  endsOf as ends,
  groupBranchOfShop as branch,
  inGroup,
  linear,
  runAll as run,
  twoModels,
  upside,
} from "./support/group-scene.ts";
import { month, type Scene } from "./support/scene.ts";

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

    expect(notices).toContain("Models of the proposal group shop move together, so refit looks at upside, too.");
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
