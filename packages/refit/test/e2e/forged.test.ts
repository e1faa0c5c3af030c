import { rm } from "node:fs/promises";
import path from "node:path";
import { compareFolders, type FolderFiles } from "@refit/core/history";
import { describe, expect, it } from "vitest";
import { churnSpec } from "./support/churn.ts";
import { forged, forgeries, type VersionTexts } from "./support/forgeries.ts";
import { month, proposedScene, type Scene, type SceneOptions } from "./support/scene.ts";
import { folder, verify } from "./support/verify.ts";

/** The version on a branch. */
async function versionOf(scene: Scene, branch = "refit--churn"): Promise<VersionTexts> {
  const names = await scene.git("ls-tree", "-r", "--name-only", `${branch}:${folder}`);
  const texts: VersionTexts = new Map();
  // The last line feed is part of the file.
  for (const name of names.split("\n")) texts.set(name, `${await scene.git("show", `${branch}:${folder}/${name}`)}\n`);
  return texts;
}

/** Puts a version on a branch of its own, on top of main or of what else is checked out. */
async function propose(scene: Scene, files: VersionTexts): Promise<void> {
  await scene.git("switch", "--quiet", "--create", "forged");
  await rm(path.join(scene.root, folder), { recursive: true, force: true });
  for (const [name, text] of files) await scene.write(`${folder}/${name}`, text);
  await scene.git("add", "--all");
  await scene.git("commit", "--quiet", "--message", "refit(churn): propose a model");
}

const bytesOf = (files: VersionTexts): FolderFiles =>
  new Map([...files].map(([name, text]) => [name, new TextEncoder().encode(text)]));

/** Each goes through the whole command: one of each file, and of each kind of claim. */
const wholeCommand = new Set([
  "lineage.json with another model",
  "lineage.json with another seed",
  "lineage.json with another inputDigest",
  "lineage.json with another holdout.trainedUntil",
  "lineage.json with another digests.settings",
  "lineage.json with another data.files.1.blob",
  "lineage.json with another learner.name",
  "reversed levels of a category",
  "tomorrow's reference without columns",
  "a better number that hides the true one below its own name",
  "no metrics",
  "a card that says more",
  "a blank in the model",
  "a script beside the model",
  "another answer to a probe row",
  "no profile",
  "a better number in both files that hold it",
]);

describe("a forged version", () => {
  it("is told from the honest one, which is made again with equal bytes, by each of its files", async () => {
    const scene = await proposedScene();
    const honest = await versionOf(scene);
    await propose(scene, honest);

    const verification = await verify(scene);

    const base = await scene.git("rev-parse", "main");
    expect(verification).toMatchObject({ result: "valid", problems: [], madeFrom: base, exitCode: 0 });
    expect(verification.title).toBe(`Made again from ${base.slice(0, 10)}: all ${honest.size} files are equal`);
    // Equal bytes: the folder is also what a version that is made again is, so that forgeries can be compared with it.
    const told = forgeries.map((forgery) => {
      const differences = compareFolders(bytesOf(honest), bytesOf(forged(honest, forgery)));
      return { why: forgery.why, differs: differences.map((difference) => difference.path) };
    });
    const expected = forgeries.map(({ why, differs }) => ({
      why,
      differs: [...new Set([...differs, "lineage.json"])],
    }));
    expect(told).toEqual(expected);
    expect(forgeries.length).toBeGreaterThanOrEqual(50);
    expect(forgeries.map(({ why }) => why)).toEqual(expect.arrayContaining([...wholeCommand]));
  });

  it.each(forgeries.filter(({ why }) => wholeCommand.has(why)))("is refused: $why", async (forgery) => {
    const scene = await proposedScene();
    await propose(scene, forged(await versionOf(scene), forgery));

    const { result, problems, title, exitCode } = await verify(scene);

    expect({ result, exitCode }).toEqual({ result: "failed", exitCode: 2 });
    expect(title).toMatch(/^Made again from [0-9a-f]{10}: \d of \d+ files differ$/);
    for (const name of forgery.differs) expect(problems.join("\n")).toContain(name);
    expect(problems.at(-1)).toContain("run `refit run churn` on main");
  });

  it.each<[what: string, elsewhere: SceneOptions]>([
    ["another learner", { spec: { candidates: [{ learner: "linear" }] } }],
    ["another setting of the learner", { spec: { candidates: [{ learner: "gbdt", trees: 9, leaves: 7 }] } }],
    ["another split", { spec: { holdout: { fraction: 0.2, minRows: 50 } } }],
    ["another seed", { spec: { seed: 8 } }],
    ["other features", { spec: { features: { exclude: ["customer", "hours"] } } }],
    ["other metrics", { spec: { metrics: { primary: "logLoss", also: ["rocAuc"] } } }],
    ["other preparation", { manifest: { prepare: "SELECT * FROM source WHERE hours > 3" } }],
  ])("is refused where refit made it elsewhere with %s", async (_what, elsewhere) => {
    const other = await versionOf(await proposedScene(elsewhere));
    const scene = await proposedScene();
    await propose(scene, other);

    const { result, problems } = await verify(scene);

    expect(result).toBe("failed");
    expect(problems.join("\n")).toContain("lineage.json differs");
  });

  it.each(["in the pull request", "only in its history"])("is refused where its data are %s", async (where) => {
    const there = await proposedScene();
    const data = { "data/churn/2026-02.csv": month(3)["data/churn/2026-03.csv"]! };
    await there.land(data);
    await there.git("branch", "--quiet", "--delete", "--force", "refit--churn");
    await there.git("push", "--quiet", "origin", "--delete", "refit--churn").catch(() => {});
    await there.run({ force: "again" });
    const other = await versionOf(there);

    const scene = await proposedScene();
    await scene.git("switch", "--quiet", "--create", "data");
    await scene.write("data/churn/2026-02.csv", data["data/churn/2026-02.csv"]);
    await scene.git("commit", "--quiet", "--all", "--message", "Better data");
    if (where !== "in the pull request") await scene.git("revert", "--no-edit", "HEAD");
    await propose(scene, other);

    const { result, problems } = await verify(scene);

    expect(result).toBe("failed");
    expect(problems.join("\n")).toMatch(/lineage\.json differs: data\.files\.1\.blob/);
  });

  it("is refused where the pull request brings the settings that it was made with", async () => {
    const other = await versionOf(await proposedScene({ spec: { seed: 8 } }));
    const scene = await proposedScene();
    await scene.write("models/churn/model.yaml", JSON.stringify({ ...churnSpec, seed: 8 }));
    await propose(scene, other);

    expect(await verify(scene)).toMatchObject({ result: "failed" });
  });

  it("is refused where the pull request changes how git reads the data", async () => {
    const scene = await proposedScene();
    await scene.write("data/.gitattributes", "*.csv text eol=crlf\n");
    await propose(scene, await versionOf(scene));

    const { result, problems } = await verify(scene);

    expect({ result, problems }).toEqual({
      result: "failed",
      problems: [expect.stringContaining("the champion and data/.gitattributes, which decides how git reads")],
    });
  });

  it("is refused where no model of the base branch has its name", async () => {
    const scene = await proposedScene();
    const files = await versionOf(scene);
    await scene.git("switch", "--quiet", "--create", "new");
    for (const [name, text] of files) await scene.write(`models/other/champion/${name}`, text);
    await scene.write("models/other/model.yaml", JSON.stringify(churnSpec));
    await scene.git("add", "--all");
    await scene.git("commit", "--quiet", "--message", "A new model");

    const { stdout, exitCode } = await scene.refit("verify", [], { json: true });

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject([
      { model: "churn", result: "unchanged" },
      { model: "other", result: "failed", problems: [expect.stringContaining("spec-not-on-base")] },
    ]);
  });
});
