import { createHash } from "node:crypto";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type CommandFailedError, GitFailedError } from "@refit/core/errors";
import { inPipeline } from "../../src/adapters/forges/index.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { repositoryState } from "../../src/adapters/git/repository-state.ts";
import { installedLearners } from "../../src/adapters/learners/index.ts";
import type { Ports } from "../../src/ports/index.ts";
import { churnSpec } from "./support/churn.ts";
import { churnScene, month, openScene, preparedScene, type Scene } from "./support/scene.ts";
import { program, programCandidate } from "./support/program.ts";
import { commit, edit, folder, verify } from "./support/verify.ts";

/** A repository whose model is trained by a program, committed with it. */
async function programScene(candidates: readonly object[] = [programCandidate]): Promise<Scene> {
  const scene = await churnScene({ spec: { candidates } });
  await scene.land(program);
  return scene;
}

const stored = async (scene: Scene, name: string, at = "refit--churn") =>
  JSON.parse(await scene.git("show", `${at}:${folder}/${name}`)) as Record<string, unknown>;

interface Reproduced {
  readonly result: string;
  readonly title: string;
  readonly because: readonly { kind: string; message: string }[];
}

async function reproduce(scene: Scene): Promise<Reproduced & { exitCode: number }> {
  const { stdout, exitCode } = await scene.refit("reproduce", ["churn"], { json: true });
  return { ...(JSON.parse(stdout) as Reproduced), exitCode };
}

describe("a model that a program trains", () => {
  it("is proposed, checked by making it again, promoted, made better by newer data, and reproduced", async () => {
    const scene = await programScene();

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    const files = await scene.git("ls-tree", "-r", "--name-only", "refit--churn", `${folder}/artifact/`);
    expect(files.split("\n").map((file) => file.slice(`${folder}/artifact/`.length))).toEqual([
      "code/model/predict.js",
      "code/model/rows.js",
      "code/model/train.js",
      "command.json",
      "model/shares.json",
    ]);
    const lineage = await stored(scene, "lineage.json");
    expect(lineage).toMatchObject({ learner: { name: "command", settings: { threads: 2 } } });
    expect(lineage).not.toHaveProperty("reproducible");
    expect((lineage["digests"] as { code: string }).code).toMatch(/^[0-9a-f]{64}$/);
    expect(lineage["judgedArtifact"]).toMatch(/^[0-9a-f]{64}$/);

    await scene.git("switch", "--quiet", "--detach", "refit--churn");
    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    expect(await scene.run()).toMatchObject({ decision: "proposed", evidence: { evaluation: { kind: "refresh" } } });
    await scene.merge();
    expect(await reproduce(scene)).toMatchObject({ result: "same", exitCode: 0 });
  });

  it("is trained again when its program changes, and the report says so", async () => {
    const scene = await programScene();
    await scene.run();
    await scene.merge();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ "model/train.js": `${program["model/train.js"]}// better\n` });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ evidence: { evaluation: { kind: "change" } } });
    expect(JSON.stringify(outcome)).toContain("code.model/train.js");
  });

  it("does not stop the other candidates when it fails", async () => {
    const failing = { ...programCandidate, train: [process.execPath, "model/missing.js"] };
    const scene = await programScene([failing, { learner: "linear" }]);

    const outcome = await scene.run();

    expect(outcome.decision).toBe("proposed");
    expect(JSON.stringify(outcome)).toContain("was not trained: ");
    expect(await stored(scene, "lineage.json")).toMatchObject({ learner: { name: "linear" } });
  });

  it("ends the run when nothing else was trained, and leaves the champion", async () => {
    const scene = await programScene([{ ...programCandidate, train: ["refit-no-such-program"] }]);

    await expect(scene.run()).rejects.toMatchObject({ code: "command-failed", outcome: "program-missing" });
    expect(await scene.git("branch", "--list", "refit--churn")).toBe("");
  });

  it("says that a file of the program is not on the base branch", async () => {
    const scene = await churnScene({ spec: { ...churnSpec, candidates: [programCandidate] } });

    await expect(scene.run()).rejects.toMatchObject({ code: "command-failed", outcome: "code-missing" });
  });

  it("is handed over by a job that trains to one that judges", async () => {
    const scene = await programScene([{ ...programCandidate, train: ["nope"] }, programCandidate]);
    const { stdout } = await scene.refit("train", ["churn"], { out: "made", json: true });
    const { candidates } = JSON.parse(stdout) as { candidates: string };

    const outcome = await scene.run({ candidates: `made@${candidates}` });

    expect(outcome.decision).toBe("proposed");
    expect(JSON.stringify(outcome)).toContain("was not trained: ");
  });
});

describe("a model that fails beside others", () => {
  const failing = { ...churnSpec, candidates: [{ ...programCandidate, train: ["refit-no-such-program"] }] };

  it("does not stop the models after it, and the exit code says that one failed", async () => {
    const scene = await churnScene();
    await scene.land({ "models/before/model.yaml": failing });

    const { stdout, exitCode } = await scene.refit("run", [], { json: true });

    expect(JSON.parse(stdout)).toMatchObject([
      { model: "before", decision: "failed", error: { code: "command-failed" } },
      { model: "churn", decision: "proposed" },
    ]);
    expect(exitCode).toBe(2);
    const said = (await scene.refit("run", ["before", "churn"])).stdout;
    expect(said).toMatch(/^before: failed\. What is live has not changed/);
    expect(said).toContain("errors/command-failed.md");
  });

  it("is not handed over, and the others are", async () => {
    const scene = await churnScene();
    await scene.land({ "models/before/model.yaml": failing });

    const { stdout, exitCode } = await scene.refit("train", [], { out: "made", json: true });

    expect((JSON.parse(stdout) as { models: object[] }).models).toMatchObject([
      { model: "before", result: "failed", error: { code: "command-failed" } },
      { model: "churn", result: "trained" },
    ]);
    expect(exitCode).toBe(2);
  });

  it("ends the run where the failure would meet the next model too", async () => {
    const scene = await churnScene();
    await scene.land({ "models/before/model.yaml": churnSpec });
    const adapt = (real: Ports): Ports => ({
      ...real,
      sources: { ...real.sources, list: () => Promise.reject(new GitFailedError("ls-files", 128, "broken")) },
    });
    const broken = await openScene(scene.repository, { from: scene.now(), adapt });

    await expect(broken.refit("run", [], { json: true })).rejects.toMatchObject({ code: "git-failed" });
  });
});

describe("a program that changes the repository", () => {
  const onCi = { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "octo/demo", GITHUB_TOKEN: "none" };
  const changing = (action: string) =>
    `${program["model/train.js"]}require("node:child_process").execSync(${JSON.stringify(action)}, { cwd: process.env.CLONE });\n`;

  /** What the program did, and what was said, with an environment that says who else may work in the clone. */
  async function changedBy(action: string, env: Record<string, string>) {
    const scene = await programScene([{ ...programCandidate, environment: ["CLONE"] }]);
    await scene.land({ "model/train.js": changing(action) });
    const said: string[] = [];
    const git = gitProcess(scene.root, scene.repository.env);
    const look = async () => ({ state: (await repositoryState(git))!, moves: [] });
    const repository = { look, isAlone: inPipeline(env), isShared: false };
    const learners = installedLearners({
      env: { ...scene.repository.env, CLONE: scene.root },
      onLine: (line) => said.push(line),
      repository,
    });
    const adapt = (real: Ports): Ports => ({ ...real, learners });
    const watched = await openScene(scene.repository, { from: scene.now(), adapt });
    const ended = await watched.run().then(
      ({ decision }) => decision,
      (error: CommandFailedError) => error,
    );
    return { ended, said: said.filter((line) => line.startsWith("While")) };
  }

  const action = "git branch -f stolen HEAD~1 && mkdir -p .git/hooks && echo evil > .git/hooks/pre-push";

  it("fails in a workflow run, where nobody else can have done it", async () => {
    const { ended } = await changedBy(action, onCi);

    expect(ended).toMatchObject({
      outcome: "repository-changed",
      message: expect.stringMatching(/"\.git\/hooks\/pre-push", "refs\/heads\/stolen"/),
    });
  });

  it("fails also where it did so when it was only tried", async () => {
    const { ended } = await changedBy("test ! -e ../called || git branch -f stolen HEAD~1; touch ../called", onCi);

    expect(ended).toMatchObject({ outcome: "repository-changed" });
  });

  it("is told of elsewhere, where it may have been a person", async () => {
    const { ended, said } = await changedBy(action, {});

    expect(ended).toBe("proposed");
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^While `train` ran, the repository was changed: "\.git\/hooks\/pre-push".* If it was not you/,
    );
  });
});

describe("a program that gives another model each time", () => {
  const noisy = { ...programCandidate, settings: { noise: true } };
  const noisyProposal = () =>
    preparedScene("noisy program, proposed", async () => {
      const scene = await programScene([noisy]);
      await scene.run();
      return scene;
    });

  it.each([
    ["says so", { reproducible: false }],
    ["does not say so", {}],
  ])("ships what was judged, and the lineage says it: one that %s", async (_what, given) => {
    const scene = await programScene([{ ...noisy, ...given }]);

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    expect(await stored(scene, "lineage.json")).toMatchObject({ reproducible: false, judgedArtifact: null });
  });

  it("is scored by verify, which makes everything else again; and reproduce says what it did not do", async () => {
    const scene = await noisyProposal();
    await scene.git("switch", "--quiet", "--detach", "refit--churn");

    const verified = await verify(scene);

    expect(verified).toMatchObject({ result: "valid", problems: [] });
    expect(verified.title).toMatch(/was not trained again/);
    await scene.git("switch", "--quiet", "main");
    await scene.merge();
    expect(await reproduce(scene)).toMatchObject({ result: "rescored", exitCode: 0 });
  });

  it.each<[what: string, file: string, change: (text: string) => string, problem: RegExp]>([
    [
      "another program",
      "code/model/predict.js",
      (text) => `${text}// evil\n`,
      /code\/model\/predict\.js" is not that of/,
    ],
    ["another call", "command.json", (text) => text.replace("predict.js", "rows.js"), /command\.json is another one/],
    [
      "a better number",
      "../metrics.json",
      (text) => text.replace(/"rocAuc": [\d.]+/, '"rocAuc": 0.999'),
      /rocAuc is 0\.999/,
    ],
    ["another model", "model/shares.json", (text) => text.replace(/\[\d+,/, "[1,"), /differs/],
  ])("is refused by verify with %s", async (_what, file, change, problem) => {
    const scene = await noisyProposal();
    await scene.git("switch", "--quiet", "refit--churn");
    const place = path.posix.join(folder, "artifact", file);
    const text = change(await scene.git("show", `HEAD:${place}`));
    await scene.write(place, text);
    const digest = { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
    await edit(scene, "lineage.json", (old: { files: object }) => ({
      ...old,
      files: { ...old.files, [path.posix.relative(folder, place)]: digest },
    }));
    await commit(scene);

    const { result, problems } = await verify(scene);

    expect(result).toBe("failed");
    expect(problems.join("\n")).toMatch(problem);
  });
});
