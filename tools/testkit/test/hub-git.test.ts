import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryRepository } from "../src/index.ts";
import { checkout, openScene, refusal, repo, type Scene } from "./hub-scene.ts";

let s: Scene;
beforeEach(async () => {
  s = await openScene();
});
afterEach(() => s.hub.close());

describe("git over HTTP", () => {
  it("clones and pushes with a token in the header", async () => {
    const work = await checkout(s, s.hub.tokens.bot);
    await work.write("a.txt", "1\n");
    const id = await work.commit("One");

    await work.git("push", "--quiet", "origin", "HEAD:refs/heads/refit--churn");

    expect((await s.bot.git.getRef({ ...repo, ref: "heads/refit--churn" })).data.object.sha).toBe(id);
    expect(s.hub.requests.filter(({ path }) => path.includes("receive-pack")).map(({ status }) => status)).toContain(
      200,
    );
  });

  it("pushes ten megabytes that git sends in chunks", async () => {
    const work = await checkout(s, s.hub.tokens.bot);
    // Does not compress: an xorshift stream.
    let x = 1;
    await work.write(
      "noise.bin",
      Uint8Array.from({ length: 10_000_000 }, () => {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        return x;
      }),
    );
    const id = await work.commit("Noise");

    await work.git("push", "--quiet", "origin", "HEAD:refs/heads/noise");

    expect((await s.bot.repos.getBranch({ ...repo, branch: "noise" })).data.commit.sha).toBe(id);
  });

  it("keeps a lease", async () => {
    const work = await checkout(s, s.hub.tokens.bot);
    const seen = await s.hub.person.commit("refit--churn", { "a.txt": "1" });
    await s.hub.person.commit("refit--churn", { "a.txt": "2" });
    await work.commit("Mine");

    const push = work.git(
      "push",
      `--force-with-lease=refs/heads/refit--churn:${seen}`,
      "origin",
      "HEAD:refs/heads/refit--churn",
    );

    expect(await refusal(push)).toContain("stale info");
  });

  it.each<[who: string, token: () => string | null, says: string]>([
    ["a read-only token", () => s.hub.tokens.readOnly, "Permission to octo/demo.git denied to github-actions[bot]"],
    ["a token nobody holds", () => "ghs_nobody", "could not read Username"],
    ["no token", () => null, "could not read Username"],
  ])("refuses a push with %s", async (_who, token, says) => {
    const work = await checkout(s, s.hub.tokens.bot);
    const header = token();
    const key = `http.${s.hub.url}/.extraheader`;
    await (header === null ? work.git("config", "--unset", key) : work.git("config", key, s.hub.authHeader(header)));
    await work.commit("Mine");

    expect(await refusal(work.git("push", "origin", "HEAD:refs/heads/x"))).toContain(says);
  });

  it.each<[rule: string, prepare: (s: Scene) => void, file: string, branch: string, says: RegExp]>([
    [
      "a branch for pull requests only",
      ({ hub }) => hub.set({ protection: { main: { pullRequest: true } } }),
      "a.txt",
      "main",
      /GH006: Protected branch update failed for refs\/heads\/main\.[^]*Changes must be made through a pull request/,
    ],
    [
      "a missing check",
      ({ hub }) => hub.set({ protection: { main: { checks: ["test"] } } }),
      "a.txt",
      "main",
      /GH006[^]*Required status check "test" is expected/,
    ],
    [
      "a ledger that a ruleset closes",
      ({ hub }) => hub.set({ protection: { "refit-*": { restricted: true, ruleset: true } } }),
      "a.txt",
      "refit-ledger",
      /GH013: Repository rule violations found for refs\/heads\/refit-ledger/,
    ],
    [
      "a file over the limit",
      ({ hub }) => hub.set({ maxFileBytes: 10 }),
      "model.bin",
      "x",
      /GH001: Large files detected[^]*model\.bin/,
    ],
    [
      "a workflow changed by the workflow token",
      () => undefined,
      ".github/workflows/a.yml",
      "x",
      /refusing to allow a GitHub App to create or update workflow `\.github\/workflows\/a\.yml`/,
    ],
  ])("refuses on push: %s", async (_rule, prepare, file, branch, says) => {
    prepare(s);
    const work = await checkout(s, s.hub.tokens.bot);
    await work.write(file, "0123456789ABCDEF\n");
    await work.commit("Mine");

    const said = await refusal(work.git("push", "origin", `HEAD:refs/heads/${branch}`));

    expect(said).toMatch(says);
    expect(said).toContain("[remote rejected]");
  });

  it("refuses only the protected one of two branches", async () => {
    s.hub.set({ protection: { main: { pullRequest: true } } });
    const work = await checkout(s, s.hub.tokens.bot);
    await work.commit("Mine");

    const said = await refusal(work.git("push", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/free"));

    expect(said).toMatch(/\[new branch\]\s+HEAD -> free/);
    expect(said).toMatch(/\[remote rejected\] HEAD -> main/);
  });

  it("refuses a forced push to a protected branch", async () => {
    await s.hub.person.commit("main", { "a.txt": "1" });
    s.hub.set({ protection: { main: {} } });
    const work = await checkout(s, s.hub.tokens.person);
    await work.git("reset", "--quiet", "--hard", "HEAD~1");
    await work.commit("Instead");

    expect(await refusal(work.git("push", "--force", "origin", "HEAD:main"))).toContain(
      "Cannot force-push to this branch",
    );
  });

  it("hides a private repository from those without a token", async () => {
    s.hub.set({ private: true });
    const work = await temporaryRepository({ empty: true });

    expect(await refusal(work.git("ls-remote", s.hub.gitUrl()))).toContain("could not read Username");
  });
});
