import { rename } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder, temporaryRepository, type TemporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitAdapter } from "../../src/adapters/git/git.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { remoteRefs } from "../../src/adapters/git/remote-refs.ts";
import { commandsIn } from "./traced.ts";

/** A clone of a repository with a remote, and what `refit serve` does with it. */
async function cloned() {
  const repository = await temporaryRepository({ remote: true });
  const clone = await repository.clone();
  const trace = join(await temporaryFolder(), "trace");
  const git = gitProcess(clone.root, { ...clone.env, GIT_TRACE: trace }, {}, { secondMs: 1 });
  const { locate } = gitAdapter(git, null);
  return {
    repository,
    clone,
    trace,
    bring: async () => remoteRefs(git).bringBase(await locate()),
    base: async () => (await locate()).baseCommit,
    notices: async () => (await locate()).notices,
  };
}

const push = (repository: TemporaryRepository, ...args: string[]) =>
  repository.git("push", "--quiet", ...args, "origin", "main");

describe("bringBase", () => {
  it("asks for one ref, and fetches it and no tag where it is another one", async () => {
    const { repository, clone, trace, bring, base } = await cloned();
    await bring();
    expect(await commandsIn(trace, "fetch")).toBe(0);

    const promoted = await repository.commit("Promoted");
    await repository.git("tag", "churn/v2");
    await repository.git("branch", "refit--churn");
    await repository.git("push", "--quiet", "origin", "main", "refit--churn", "churn/v2");
    await bring();

    expect(await base()).toBe(promoted);
    expect(await commandsIn(trace, "fetch")).toBe(1);
    expect(await clone.git("for-each-ref", "--format=%(refname)")).toBe(
      "refs/heads/main\nrefs/remotes/origin/HEAD\nrefs/remotes/origin/main",
    );
    expect(await clone.git("rev-parse", "main")).not.toBe(promoted);
  });

  it("follows a base branch that was rewritten, unless this clone has commits of its own", async () => {
    const { repository, clone, bring, base, notices } = await cloned();
    await repository.commit("Regretted");
    await push(repository);
    await clone.git("pull", "--quiet");
    await repository.git("reset", "--quiet", "--hard", "HEAD~1");
    const rewritten = await repository.commit("Instead");
    await push(repository, "--force");
    await bring();

    expect(await base()).toBe(rewritten);
    expect(await notices()).toEqual([
      "origin/main was rewritten, and main has no commit of its own; origin/main is used.",
    ]);
    await clone.commit("Own");
    await expect(base()).rejects.toMatchObject({ code: "base-diverged" });
  });

  it("tells a remote that is down, and a branch that is gone; one that was never pushed is nothing to bring", async () => {
    const { repository, clone, bring, base } = await cloned();
    const before = await base();
    await rename(repository.remote!, `${repository.remote}.away`);
    await expect(bring()).rejects.toMatchObject({ code: "remote-unreachable" });
    expect(await base()).toBe(before);
    await rename(`${repository.remote}.away`, repository.remote!);

    await repository.git("push", "--quiet", "origin", "main:trunk");
    await startedBare(repository, "symbolic-ref", "HEAD", "refs/heads/trunk");
    await repository.git("push", "--quiet", "origin", ":main");
    await expect(bring()).rejects.toThrow("it has no branch main any more");
    expect(await base()).toBe(before);
    await clone.git("update-ref", "-d", "refs/remotes/origin/main");
    await bring();
    expect(await base()).toBe(before);
  });
});

const startedBare = ({ git, remote }: TemporaryRepository, ...args: string[]) => git("-C", remote!, ...args);
