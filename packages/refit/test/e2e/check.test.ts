import { createHash } from "node:crypto";
import { cp, rm } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { beforeEach, describe, expect, it } from "vitest";
import { churnManifest } from "./support/churn.ts";
import { championScene, churnScene, openScene, type Scene } from "./support/scene.ts";

const champion = "models/churn/champion";

describe("refit check", () => {
  it("answers from the work tree alone, whatever history, clock and remote say", async () => {
    const scene = await championScene();
    // Older than that since long: whether it is has another answer tomorrow.
    const manifest = { ...churnManifest, checks: { ...churnManifest.checks, maxAgeDays: 1 } };
    await scene.land({
      "data-manifests/churn.yaml": manifest,
      "models/eu/churn/model.yaml": await textOf(scene, "models/churn/model.yaml"),
    });
    const told = await scene.refit("check");
    const json = await scene.refit("check", ["churn"], { json: true });

    await scene.git("rm", "-rq", champion);
    await scene.git("commit", "-qm", "Retire it");
    scene.at("2036-01-01T00:00:00Z");
    expect(await scene.refit("check")).toEqual(told);
    scene.at("2001-01-01T00:00:00Z"); // all rows are to come
    expect(await scene.refit("check")).toEqual(told);

    const bare = await withoutHistory(scene);
    expect(await bare.refit("check")).toEqual(told);
    expect(await bare.refit("check", ["churn"], { json: true })).toEqual(json);
    expect(told.exitCode).toBe(0);
    expect(told.stdout.split("\n").map((line) => line.split(":")[0])).toEqual(["churn", "eu/churn"]);
  });

  it("says what is wrong with one model, and goes on to the next", async () => {
    const scene = await churnScene();
    await scene.write("models/bad/model.yaml", "task: [");
    await scene.write(
      "models/gone/model.yaml",
      "task: binary\ndata: gone\ntarget: churned\ncandidates: [{ learner: linear }]\n",
    );
    const { exitCode, stdout } = await scene.refit("check");

    expect(exitCode).toBe(2);
    expect(stdout).toMatch(
      /^bad: models\/bad\/model\.yaml cannot be used: 1 problem\.$[\s\S]*^ +models\/bad\/model\.yaml:1:8: [\s\S]*^churn: \d+ rows prepared[\s\S]*^gone: /m,
    );
    await expect(scene.refit("check", ["chrn"])).rejects.toMatchObject({
      code: "model-unknown",
      message: 'There is no models/chrn/model.yaml in the work tree. Did you mean "churn"?',
    });
  });

  it("reads rows that nobody has committed, and names the nearest file where none matches", async () => {
    const scene = await churnScene();
    await scene.write("data/churn/2026-09.csv", "customer,day\n1,2,3\n");
    const broken = await scene.refit("check", ["churn"]);
    await scene.write("data-manifests/churn.yaml", "sources: [{ path: data/churn/2026-19.csv }]\n");
    const missing = await scene.refit("check", ["churn"]);

    expect([broken.exitCode, missing.exitCode]).toEqual([3, 3]);
    expect(broken.stdout).toContain("data/churn/2026-09.csv");
    expect(missing.stdout).toMatch(/^  error no-files: .* There is "data\/churn\/2026-/m);
  });
});

describe("refit probes", () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await championScene();
  });

  it("asks the version of the work tree, with or without history", async () => {
    const { stdout, exitCode } = await scene.refit("probes", ["churn"]);

    expect(stdout).toMatch(/^churn: same predictions for \d+ probe rows\.$/);
    expect(exitCode).toBe(0);
    expect((await (await withoutHistory(scene)).refit("probes", ["churn"])).stdout).toBe(stdout);
  });

  it("finds a file that is not the version's, and a version that answers something else", async () => {
    const text = await textOf(scene, `${champion}/probes.json`);
    const other = text.replace(
      /("answers":\[\[0\.)(\d)/,
      (_, before: string, digit: string) => `${before}${(Number(digit) + 5) % 10}`,
    );
    await scene.write(`${champion}/probes.json`, other);
    const changed = await scene.refit("probes", ["churn"], { json: true });
    const digestOf = (content: string) => createHash("sha256").update(content).digest("hex");
    const lineage = await textOf(scene, `${champion}/lineage.json`);
    await scene.write(`${champion}/lineage.json`, lineage.replace(digestOf(text), digestOf(other)));
    const answered = await scene.refit("probes", ["churn"], { json: true });

    expect(other).not.toBe(text);
    expect([changed.exitCode, answered.exitCode]).toEqual([2, 2]);
    expect(JSON.parse(changed.stdout)).toMatchObject([
      {
        model: "churn",
        result: "other",
        rows: 0,
        why: expect.stringContaining("does not match lineage.json") as string,
      },
    ]);
    expect(JSON.parse(answered.stdout)).toMatchObject([
      {
        model: "churn",
        result: "other",
        why: expect.stringMatching(/^probes\.json: expected the answers .* to row 0, not 0\./) as string,
      },
    ]);
  });

  it("says where there is nothing to ask, and where there is no model", async () => {
    await rm(path.join(scene.root, champion), { recursive: true });

    expect(await scene.refit("probes")).toMatchObject({
      exitCode: 0,
      stdout: "churn: no probe rows. There is no version in the work tree.",
    });
    await expect(scene.refit("probes", ["chrn"])).rejects.toMatchObject({ code: "model-unknown" });

    await rm(path.join(scene.root, "models"), { recursive: true });

    for (const command of ["probes", "check"])
      expect(await scene.refit(command)).toMatchObject({
        exitCode: 0,
        notices: ["There is no model in the work tree: `refit init` writes the first."],
      });
  });
});

const textOf = async (scene: Scene, file: string) => `${await scene.git("show", `HEAD:${file}`)}\n`;

/** The same files in a repository in which nothing was ever committed. */
async function withoutHistory(scene: Scene): Promise<Scene> {
  const root = await temporaryFolder();
  await cp(scene.root, root, {
    recursive: true,
    filter: (file) => !file.includes(`${path.sep}.git${path.sep}`) && !file.endsWith(".git"),
  });
  const bare = await openScene({ ...scene.repository, root });
  await bare.git("init", "--quiet");
  return bare;
}
