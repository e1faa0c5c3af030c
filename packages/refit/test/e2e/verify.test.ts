import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { LearnerMissingError } from "@refit/core/errors";
import { describe, expect, it } from "vitest";
import { verifyModel } from "../../src/runs/verify/verify-model.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { championScene, churnScene, month, proposedScene, type Scene } from "./support/scene.ts";
import { commit, edit, folder, onProposal, verify } from "./support/verify.ts";

type Metrics = { holdout: Record<string, number> };
type Slices = Metrics & { slices: Record<string, Record<string, number>> };

const better = (slices: Slices["slices"]) =>
  Object.fromEntries(Object.entries(slices).map(([name, values]) => [name, { ...values, rocAuc: 0.999 }]));

describe("verify", () => {
  it("agrees with a proposal as refit made it", async () => {
    const scene = await onProposal();

    expect(await verify(scene)).toMatchObject({ result: "valid", verdict: "promote", problems: [], exitCode: 0 });
  });

  it("agrees with a refresh that was compared with a champion", async () => {
    const scene = await championScene({}, "squash");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.git("switch", "--quiet", "refit--churn");

    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [], exitCode: 0 });
  });

  it("says a name out of a stranger's file so that it steers no terminal", async () => {
    const scene = await onProposal();
    const name = "x\u001B[2J\n::error::y\u202E";
    await edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, [name]: 1 } }));
    await commit(scene);

    const { stdout } = await scene.refit("verify", ["churn"]);

    const [first, second, ...others] = stdout.split("\n");
    expect(first).toMatch(/^churn: failed\. Made again from [0-9a-f]{10}: 2 of \d files differ\.$/);
    expect(second).toBe("  - metrics.json differs: holdout.x[2J ::error::y is 1, made again it is absent.");
    for (const hidden of ["\u001B", "\u202E", "\n::"]) expect(others.join("\n")).not.toContain(hidden);
  });

  it("has nothing to say where the version is the live one", async () => {
    const scene = await championScene({}, "squash");

    expect(await verify(scene)).toMatchObject({ result: "unchanged", exitCode: 0 });
  });

  it.each<[why: string, tamper: (scene: Scene) => Promise<void>, problem: RegExp]>([
    [
      "an edited metric",
      (scene) => edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, rocAuc: 0.99 } })),
      /holdout\.rocAuc is 0\.99, made again it is 0\.9/,
    ],
    [
      "a missing metric",
      (scene) => edit(scene, "metrics.json", ({ holdout }: Metrics) => ({ holdout: { logLoss: holdout["logLoss"] } })),
      /holdout\.rocAuc is absent, made again it is 0\.9/,
    ],
    [
      "a metric of its own invention",
      (scene) => edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, r2: 1 } })),
      /holdout\.r2 is 1, made again it is absent/,
    ],
    [
      "numbers that are none",
      (scene) => edit(scene, "metrics.json", () => ({ holdout: { rocAuc: "0.9" } })),
      /rocAuc is "0\.9", made again/,
    ],
    ["metrics of another form", (scene) => edit(scene, "metrics.json", () => [1]), /the whole is a list of 1/],
    [
      "an edited metric of a slice",
      (scene) => edit(scene, "metrics.json", (old: Slices) => ({ ...old, slices: better(old.slices) })),
      /slices\.plan=basic\.rocAuc is 0\.999, made again it is 0\./,
    ],
    [
      "metrics that are no numbers",
      (scene) => edit(scene, "metrics.json", () => ({ holdout: "excellent" })),
      /holdout is "excellent", made again it is an object of 2/,
    ],
    [
      "a model.yaml that cannot be read",
      (scene) => scene.write("models/churn/model.yaml", "task: [binary"),
      /model\.yaml/,
    ],
    [
      "a file that lineage.json does not agree with",
      (scene) =>
        edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, rocAuc: 1 } }), false),
      /metrics\.json/,
    ],
    ["a file too many", (scene) => scene.write(`${folder}/extra.txt`, "hello"), /extra\.txt/],
    ["a file too few", (scene) => rm(path.join(scene.root, folder, "profile.json")), /profile\.json/],
    [
      "another holdout than the one it names",
      (scene) =>
        edit(scene, "lineage.json", (old: { holdout: object }) => ({
          ...old,
          holdout: { ...old.holdout, digest: "0".repeat(64) },
        })),
      /holdout/,
    ],
    [
      "another parent than the champion",
      (scene) => edit(scene, "lineage.json", (old: object) => ({ ...old, parent: "1".repeat(40) })),
      /was compared with 1{40}/,
    ],
  ])("refuses %s", async (_why, tamper, problem) => {
    const scene = await onProposal();
    await tamper(scene);
    await commit(scene);

    const { result, problems, exitCode } = await verify(scene);

    expect(result).toBe("failed");
    expect(problems.join("\n")).toMatch(problem);
    expect(exitCode).toBe(2);
  });

  it("refuses a live model's folder gone, and has nothing to say where there was none", async () => {
    const scene = await onProposal();
    await rm(path.join(scene.root, folder), { recursive: true });
    await commit(scene);
    expect(await verify(scene)).toMatchObject({ result: "unchanged", exitCode: 0 });

    await scene.git("switch", "--quiet", "main");
    await scene.run();
    await scene.merge("squash", "refit--churn~1");
    await scene.git("switch", "--quiet", "--create", "retire");
    await rm(path.join(scene.root, folder), { recursive: true });
    await commit(scene);
    const { result, problems, exitCode } = await verify(scene);

    expect({ result, exitCode }).toEqual({ result: "failed", exitCode: 2 });
    expect(problems.join("\n")).toMatch(/retires the model/);
  });

  it("refuses what was judged against a champion that is no longer live", async () => {
    const scene = await championScene({}, "squash");
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.git("branch", "--quiet", "old", "refit--churn");
    await scene.land(month(4));
    scene.at("2026-06-05T00:00:00Z");
    await scene.run();
    await scene.merge("squash");
    await scene.git("switch", "--quiet", "old");

    expect(await verify(scene)).toMatchObject({ result: "failed", problems: [expect.stringContaining("is live now")] });
  });

  it("judges a proposal by the base branch's gates, not by its own", async () => {
    const scene = await proposedScene();
    const gates = (min: number) => ({ ...churnSpec, gates: [{ metric: "rocAuc", min }] });
    await scene.land({ "models/churn/model.yaml": gates(0.9999) }, "A higher bar");
    await scene.git("switch", "--quiet", "refit--churn");
    await scene.write("models/churn/model.yaml", JSON.stringify(gates(0.1)));
    await commit(scene);

    const { result, verdict, problems } = await verify(scene);

    expect({ result, verdict }).toEqual({ result: "failed", verdict: "hold" });
    expect(problems).toEqual([
      "rocAuc is 0.9442; at least 0.9999 is required: failed",
      expect.stringContaining("changes the champion and weakens the checks"),
    ]);
  });

  it("is green for a rollback, by command or by git revert", async () => {
    const scene = await championScene({}, "squash");
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge("squash");
    await scene.refit("rollback", ["churn"]);
    await scene.git("branch", "--quiet", "undo");
    await scene.git("switch", "--quiet", "undo");
    await scene.git("revert", "--no-edit", "HEAD");

    const byRevert = await verify(scene);
    await scene.git("switch", "--quiet", "refit-rollback--churn");
    const byCommand = await verify(scene);

    expect(byRevert).toMatchObject({ result: "rollback", exitCode: 0 });
    expect(byCommand).toMatchObject({ result: "rollback", exitCode: 0 });
  });

  it("makes it again from the data of its own base commit when the base branch has other data by now", async () => {
    const scene = await proposedScene();
    const name = "data/churn/2026-02.csv";
    await scene.land({ [name]: `${month(2)[name]!}c-new,2026-02-28,pro,1.0,0,false\n` });
    await rm(path.join(scene.root, "data/churn/2026-01.csv"));
    await scene.land(month(3));
    await scene.git("switch", "--quiet", "refit--churn");

    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });

    await edit(scene, "metrics.json", (old: Metrics) => ({ ...old, holdout: { ...old.holdout, rocAuc: 0.99 } }));
    await commit(scene);
    expect(await verify(scene)).toMatchObject({ result: "failed", exitCode: 2 });
  });

  it("does not take another object of git for the data that lineage.json names", async () => {
    const scene = await onProposal();
    const blob = await scene.git("rev-parse", "main:models/churn/model.yaml");
    type Data = { data: { files: { sha256: string; blob: string }[] } };
    for (const forged of [blob, "main", "../../../etc/passwd"]) {
      await edit(scene, "lineage.json", (old: Data) => {
        const files = old.data.files.map((file) => ({ ...file, sha256: "0".repeat(64), blob: forged }));
        return { ...old, data: { ...old.data, files } };
      });
      await commit(scene);

      const { result, problems } = await verify(scene);
      expect({ result, problems }).toEqual({
        result: "failed",
        problems: [
          expect.stringContaining("lineage.json differs: data.files.0.blob"),
          "For a version that can be checked, run `refit run churn` on main.",
        ],
      });
    }
  });

  it("refuses what was made from data that git does not track, whether they are here or not", async () => {
    const scene = await churnScene();
    await scene.land({
      ".gitignore": "data/private/\n",
      "data-manifests/churn.yaml": { ...churnManifest, sources: [{ path: "data/private/*.csv" }] },
    });
    await scene.write("data/private/x.csv", month(1)["data/churn/2026-01.csv"]!);
    await scene.run();
    await scene.git("switch", "--quiet", "refit--churn");

    const here = await verify(scene);
    await rm(path.join(scene.root, "data/private"), { recursive: true });
    const gone = await verify(scene);

    expect(here).toMatchObject({ result: "failed", exitCode: 2 });
    expect(here.problems[0]).toContain('"data/private/x.csv" is not tracked by git');
    expect(gone).toMatchObject({ result: "failed", exitCode: 2 });
    expect(gone.problems[0]).toContain("no-files");
    expect(gone.problems.at(-1)).toContain("run `refit run churn` on main");
  });

  it("refuses what was made with settings that the base branch no longer has", async () => {
    const scene = await proposedScene();
    await scene.land({ "models/churn/model.yaml": { ...churnSpec, seed: 8 } });
    await scene.git("switch", "--quiet", "refit--churn");

    const { result, problems, weakened } = await verify(scene);

    expect({ result, weakened }).toEqual({ result: "failed", weakened: [] });
    expect(problems[0]).toContain("The settings on main have changed since");
  });

  it("refuses, and does not end, where the learner is missing by now", async () => {
    const scene = await onProposal();
    const ports = await scene.ports();
    const get = () => Promise.reject(new LearnerMissingError("linear", ["gbdt"]));
    const verification = await verifyModel(
      { ...ports, learners: { ...ports.learners, get }, out: { print() {}, progress() {}, notice() {} } },
      await ports.git.locate(),
      "churn",
      { head: "HEAD", trusted: true },
    );

    expect(verification).toMatchObject({
      result: "failed",
      problems: [expect.stringContaining("learner-missing"), {}],
    });
  });

  it.each<[how: string, move: (scene: Scene) => Promise<unknown>]>([
    ["rebased", (scene) => scene.git("rebase", "--quiet", "main")],
    ["merged with the base branch", (scene) => scene.git("merge", "--quiet", "--no-edit", "main")],
    [
      "squashed on top of it, as a merge queue does",
      async (scene) => {
        await scene.git("switch", "--quiet", "--create", "queue", "main");
        await scene.git("merge", "--quiet", "--squash", "refit--churn");
        await scene.git("commit", "--quiet", "--message", "Better model");
      },
    ],
  ])("finds what it was made from when it was %s, which has newer data", async (_how, move) => {
    const scene = await proposedScene();
    const base = await scene.git("rev-parse", "main");
    await scene.land({ "NOTES.md": "hello" });
    await scene.land(month(3));
    await scene.git("switch", "--quiet", "refit--churn");
    await move(scene);

    const { result, problems, madeFrom } = await verify(scene);

    expect({ result, problems }).toEqual({ result: "valid", problems: [] });
    expect(await scene.git("diff", "--name-only", base, madeFrom!)).toMatch(/^(NOTES.md)?$/);
  });

  it("reads the files that the base branch named then, not those that it names now", async () => {
    const scene = await proposedScene();
    const sources = [...churnManifest.sources, { path: "more/*.csv" }];
    const more = { "more/2026-03.csv": month(3)["data/churn/2026-03.csv"]! };
    await scene.land({ ...more, "data-manifests/churn.yaml": { ...churnManifest, sources } });
    await scene.git("switch", "--quiet", "refit--churn");

    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
  });

  it("believes no profile that the ledger branch keeps", async () => {
    const scene = await proposedScene();
    await scene.git("switch", "--quiet", "refit-ledger");
    const profiles = await scene.git("ls-files", "profiles");
    expect(profiles).not.toBe("");
    for (const name of profiles.split("\n")) {
      const text = await readFile(path.join(scene.root, name), "utf8");
      await scene.write(name, text.replace(/"rows":\d+/, '"rows":1'));
    }
    await commit(scene);
    await scene.git("push", "--quiet", "origin", "refit-ledger");
    await rm(path.join(scene.root, ".git/refit/cache"), { recursive: true });
    await scene.git("switch", "--quiet", "refit--churn");

    expect(await verify(scene)).toMatchObject({ result: "valid", problems: [] });
  });

  it("writes nothing: no branch, no ledger, no alert", async () => {
    const scene = await onProposal();
    const before = await scene.git("for-each-ref");

    await verify(scene);

    expect(await scene.git("for-each-ref")).toBe(before);
    expect(await scene.git("status", "--porcelain")).toBe("");
  });
});
