import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRepository, firstCommitAt, temporaryRepository } from "@refit/testkit";

describe("temporaryRepository", () => {
  it("starts with one commit on main, with a fixed date and person", async () => {
    const repository = await temporaryRepository();

    expect(await repository.git("log", "--format=%an %ae %ct %s %D")).toBe(
      `Ada Example ada@example.com ${firstCommitAt / 1000} Start HEAD -> main`,
    );
  });

  it("commits what was written, one minute later, by whoever is named", async () => {
    const repository = await temporaryRepository();
    await repository.write("a/b.txt", "hello");

    const commit = await repository.commit("Add", { author: { name: "Bo", email: "bo@example.com" } });

    expect(await repository.git("show", "--format=%an %at", "--name-only", commit)).toBe(
      `Bo ${firstCommitAt / 1000 + 60}\n\na/b.txt`,
    );
  });

  it("has a real remote whose main another clone sees", async () => {
    const repository = await temporaryRepository({ remote: true });

    const other = await repository.clone();

    expect(await other.git("rev-parse", "origin/main")).toBe(await repository.git("rev-parse", "main"));
    expect(await repository.git("symbolic-ref", "refs/remotes/origin/HEAD")).toBe("refs/remotes/origin/main");
  });

  it("leaves nothing behind", async () => {
    const repository = await createRepository({ remote: true });

    await repository.dispose();

    expect(existsSync(repository.root) || existsSync(repository.remote ?? "")).toBe(false);
  });
});
