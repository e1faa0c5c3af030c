import { spawnSync } from "node:child_process";
import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, type TemporaryRepository } from "@refit/testkit";
import type { RefitError } from "@refit/core/errors";
import type { ArtifactFiles } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/sha256.ts";
import { readModelHistory } from "../../src/versions/model-history.ts";
import type { Ports } from "../../src/ports/index.ts";
import { championScene, churnScene, month, openScene, type Scene } from "../e2e/support/scene.ts";
import { commitRequest, temporaryWorld } from "./world.ts";
import { versionFiles } from "./versions.ts";

const installed = spawnSync("git", ["lfs", "version"]).status === 0;
if (!installed) process.stderr.write("SKIPPED: git-lfs is not installed, so models in Git LFS were not tested.\n");

const attributes = [
  "models/*/champion/** -text -merge",
  "models/*/champion/artifact/** filter=lfs diff=lfs merge=lfs -text",
  "data/** -text",
  "",
].join("\n");

const artifact = "models/churn/champion/artifact/model.json";

/** A folder for `PATH` in which there is git, and no git-lfs. */
async function withoutLfs(): Promise<string> {
  const folder = path.join(await temporaryFolder(), "bin");
  await mkdir(folder);
  for (const program of ["git", "sh"]) {
    const found = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).stdout.trim();
    await symlink(found, path.join(folder, program));
  }
  return folder;
}

async function lfsScene(options: Parameters<typeof churnScene>[0] = {}): Promise<Scene> {
  const scene = await churnScene(options);
  await scene.land({ ".gitattributes": attributes }, "Keep artifacts in Git LFS");
  return scene;
}

/** As `git` stores it at a revision. */
const pointerAt = (scene: Scene, revision: string) => scene.git("cat-file", "blob", `${revision}:${artifact}`);

/** The command in another clone, which has pointers and no objects. */
async function elsewhere(
  { repository }: Scene,
  change: (clone: TemporaryRepository) => TemporaryRepository = (c) => c,
) {
  const clone = await repository.clone();
  await clone.git("remote", "set-head", "origin", "main");
  return openScene(change(clone));
}

describe.skipIf(!installed)("a model in Git LFS", () => {
  it("goes through the whole story, on machines that have its pointer only", async () => {
    const scene = await lfsScene();
    expect(await scene.run()).toMatchObject({ decision: "proposed" });
    expect(await pointerAt(scene, "refit--churn")).toMatch(/^version https:\/\/git-lfs/);
    await scene.merge("squash");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));

    const other = await elsewhere(scene);
    other.at("2026-06-05T00:00:00Z");
    const outcome = await other.run();
    expect(outcome).toMatchObject({ decision: "proposed", evidence: { evaluation: { kind: "refresh" } } });

    await other.git("switch", "--quiet", "refit--churn");
    const verified = await other.refit("verify", ["churn"], { json: true });
    expect(JSON.parse(verified.stdout)).toMatchObject([{ result: "valid" }]);
    expect((await other.refit("diff", ["churn"])).stdout).toContain("rocAuc");
    await other.git("switch", "--quiet", "main");
    await other.merge("squash");
    await other.refit("promote");

    const third = await elsewhere(scene);
    await third.refit("rollback", ["churn"]);
    await third.merge("merge", "refit-rollback--churn");
    await third.git("fetch", "--quiet");
    const trees = await third.git("rev-parse", "HEAD:models/churn/champion", "churn@v1:models/churn/champion");
    expect(new Set(trees.split("\n")).size).toBe(1);
    third.at("2026-07-05T00:00:00Z");
    expect((await third.refit("promote")).exitCode).toBe(0);
    expect(await third.run()).toMatchObject({ decision: "suppressed", heldBack: { by: "rolledBack" } });
  });

  it("is described by digests of its bytes, not of the pointer", async () => {
    const scene = await lfsScene();
    await scene.run();

    const lineage = JSON.parse(await scene.git("show", "refit--churn:models/churn/champion/lineage.json")) as {
      files: Record<string, { sha256: string; bytes: number }>;
    };
    const { sha256: digest, bytes } = lineage.files["artifact/model.json"]!;
    expect(await pointerAt(scene, "refit--churn")).toContain(`oid sha256:${digest}\nsize ${bytes}`);
    const stored = path.join(scene.root, ".git/lfs/objects", digest.slice(0, 2), digest.slice(2, 4), digest);
    expect(sha256(await readFile(stored))).toBe(digest);
  });

  it("is restored exactly after the repository has moved its artifacts into LFS", async () => {
    const scene = await championScene({}, "squash");
    const first = await scene.git("rev-parse", "HEAD:models/churn/champion");
    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ ".gitattributes": attributes, ...month(3) });
    await scene.run();
    await scene.merge("squash");

    await scene.refit("rollback", ["churn"]);

    expect(await scene.git("rev-parse", "refit-rollback--churn:models/churn/champion")).toBe(first);
  });

  it("is read as valid, also when its predecessor was stored without LFS", async () => {
    const world = await temporaryWorld({ remote: true });
    await world.repository.write(".gitattributes", attributes);
    await world.repository.commit("Track artifacts");
    await world.repository.git("push", "--quiet");
    const located = await world.locate();
    const request = { ...commitRequest(located.baseCommit, ""), files: versionFiles("one") };
    const id = await world.branches.commit(located, request);
    await world.repository.git("merge", "--quiet", "--ff-only", "refit--churn");
    expect((await readModelHistory(world, await world.locate(), "churn")).history.champion?.sha).toBe(id);

    await world.repository.write(".gitattributes", "");
    await world.repository.write(artifact, versionFiles("one").get(artifact)!);
    await world.repository.commit("Without LFS");

    const { history } = await readModelHistory(world, await world.locate(), "churn");
    expect(history.versions.map((version) => version.broken)).toEqual([null, null]);
  });

  const plain = "models/*/champion/** -text -merge\n";
  it.each<[why: string, attributes: string, mebibytes: number, limit: number, end: string]>([
    ["of any size is proposed when it is in LFS", attributes, 0.1, 0.05, "proposed"],
    ["is stopped before the push when it is larger than git should keep", plain, 0.1, 0.05, "model-too-large"],
    ["of 120 MiB is stopped before the push, though the limit was raised", plain, 120, 500, "model-too-large"],
  ])("%s", async (_why, text, mebibytes, limit, end) => {
    const scene = await churnScene({ spec: { maxModelMiB: limit } });
    await scene.land({ ".gitattributes": text });
    const large = await openScene(scene.repository, { adapt: withLargeArtifact(mebibytes * 1024 * 1024) });
    const before = await scene.git("ls-remote", "origin");

    const outcome = await large.run().catch((error: RefitError) => ({ decision: error.code, hint: error.hint }));

    expect(outcome.decision).toBe(end);
    if (end === "proposed") return;
    expect(outcome).toMatchObject({ hint: expect.stringMatching(/smaller model.*Git LFS/) });
    expect(await scene.git("ls-remote", "origin")).toBe(before);
  });

  it("is stopped before anything is remembered where git-lfs is not installed", async () => {
    const scene = await lfsScene();
    const bin = await withoutLfs();
    const bare = await elsewhere(scene, (clone) => ({ ...clone, env: { ...clone.env, PATH: bin } }));
    const before = await scene.git("ls-remote", "origin");

    await expect(bare.run()).rejects.toMatchObject({ code: "lfs-missing", hint: expect.stringContaining("git-lfs") });

    expect(await scene.git("ls-remote", "origin")).toBe(before);
  });

  it("is told to be missing where nobody has its object", async () => {
    const scene = await lfsScene();
    await scene.run();
    await scene.merge("squash");
    await rm(path.join(scene.repository.remote!, "lfs"), { recursive: true });
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(month(3));
    const other = await elsewhere(scene);
    other.at("2026-06-05T00:00:00Z");

    await expect(other.run()).rejects.toMatchObject({
      code: "lfs-object-missing",
      message: expect.stringContaining("artifact/model.json"),
      hint: expect.stringContaining("git lfs push --all origin"),
    });
  });
});

/** Learners whose artifacts carry so many bytes more. */
function withLargeArtifact(bytes: number) {
  return (ports: Ports): Ports => ({
    ...ports,
    learners: {
      ...ports.learners,
      async get(name) {
        const learner = await ports.learners.get(name);
        const plain = (files: ArtifactFiles) => new Map([...files].filter(([file]) => file !== "weights.bin"));
        return {
          ...learner,
          fit: async (request) => new Map([...(await learner.fit(request)), ["weights.bin", new Uint8Array(bytes)]]),
          settle: (settings, files) => learner.settle(settings, plain(files)),
          load: (files) => learner.load(plain(files)),
        };
      },
    },
  });
}
