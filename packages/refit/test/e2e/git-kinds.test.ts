import { describe, expect, it } from "vitest";
import { championScene, churnScene, type Scene } from "./support/scene.ts";

describe("a tag that is taken", () => {
  it.each<[why: string, take: (scene: Scene) => Promise<unknown>, told: RegExp]>([
    [
      "an annotated one on another commit",
      (scene) => scene.git("tag", "--annotate", "--message", "mine", "churn@v1", "HEAD~1"),
      /`churn@v1` is on another commit .* `git tag -d churn@v1`/,
    ],
    [
      "one on a file, and on no commit",
      async (scene) =>
        scene.git("tag", "churn@v1", (await scene.git("rev-parse", "HEAD:models/churn/model.yaml")).trim()),
      /`churn@v1`/,
    ],
    [
      "one on a folder",
      async (scene) =>
        scene.git("tag", "churn@v1", (await scene.git("rev-parse", "HEAD:models/churn/champion")).trim()),
      /`churn@v1`/,
    ],
    ["one below its name", (scene) => scene.git("tag", "churn@v1/mine", "HEAD~1"), /`churn@v1\/mine`/],
    [
      "one in the packed refs",
      async (scene) => {
        await scene.git("tag", "churn@v1", "HEAD~1");
        await scene.git("pack-refs", "--all");
      },
      /`churn@v1` is on another commit/,
    ],
  ])("is left alone, and told: %s", async (_why, take, told) => {
    const scene = await championScene({ remote: false });
    await take(scene);
    const before = await scene.git("for-each-ref", "refs/tags");

    const ended = await scene.refit("promote").catch((error: Error & { hint?: string }) => error);

    const words = ended instanceof Error ? `${ended.message} ${ended.hint ?? ""}` : ended.notices.join("\n");
    expect(words).toMatch(told);
    expect(await scene.git("for-each-ref", "refs/tags")).toBe(before);
  });

  it.each<[why: string, take: (scene: Scene) => Promise<unknown>]>([
    ["the commit of the version", (scene) => scene.git("tag", "churn@v1", "HEAD")],
    ["the same, annotated", (scene) => scene.git("tag", "--annotate", "--message", "mine", "churn@v1", "HEAD")],
    ["a branch of that name, which is no tag", (scene) => scene.git("branch", "churn@v1", "HEAD~1")],
  ])("is none where it is on %s", async (_why, take) => {
    const scene = await championScene({ remote: false });
    await take(scene);

    const { exitCode, notices } = await scene.refit("promote");

    expect(exitCode).toBe(0);
    expect(notices.join("\n")).not.toContain("another commit");
    expect((await scene.git("rev-parse", "refs/tags/churn@v1^{commit}")).trim()).toBe(
      (await scene.git("rev-parse", "HEAD")).trim(),
    );
  });
});

describe("a branch in the way", () => {
  it.each<[why: string, branches: readonly string[], named: string]>([
    ["one level below", ["refit--churn/old"], "refit--churn/old"],
    ["two levels below", ["refit--churn/old/er"], "refit--churn/old/er"],
    ["several below", ["refit--churn/a", "refit--churn/b"], "refit--churn/a"],
    ["below the ledger's", ["refit-ledger/backup"], "refit-ledger/backup"],
    ["with a name in other letters", ["refit--churn/größe"], "refit--churn/größe"],
  ])("is named before the training: %s", async (_why, branches, named) => {
    const scene = await churnScene({ remote: false });
    for (const branch of branches) await scene.git("branch", branch);
    await scene.git("pack-refs", "--all");

    const error = await scene.refit("run").catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: "branch-in-the-way" });
    expect(String(error)).toContain(named);
  });
});
