import { chmod, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bytes, commitRequest, temporaryWorld, worldOf } from "./world.ts";

describe("commit", () => {
  it("commits on top of the parent, with the date and message asked for", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    const located = await locate();

    const id = await branches.commit(located, commitRequest(located.baseCommit, "{}"));

    expect(await repository.git("log", "-1", "--format=%H %P %at %ct%n%B", "refit--churn")).toBe(
      `${id} ${located.baseCommit} 1772323200 1772323200\nrefit(churn): new model\n\nRefit-Model: churn\n`,
    );
    expect(await repository.git("ls-tree", "-r", "--format=%(objectmode) %(path)", id)).toBe(
      "100644 README.md\n100644 models/churn/champion/model.json",
    );
  });

  it("gives a commit of before 1970, as a replay of old rows makes it, the first date that git knows", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    const located = await locate();
    const request = { ...commitRequest(located.baseCommit, "{}"), at: Date.UTC(1949, 0, 1) };

    const id = await branches.commit(located, request);

    expect(await repository.git("log", "-1", "--format=%at %ct", id)).toBe("0 0");
  });

  it("empties the folders to replace, and leaves their neighbours", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    await repository.write("models/churn/champion/old.json", "old");
    await repository.write("models/churn/model.yaml", "spec");
    await repository.commit("First");
    const located = await locate();

    const id = await branches.commit(located, commitRequest(located.baseCommit, "{}"));

    expect(await repository.git("ls-tree", "-r", "--name-only", id)).toBe(
      "README.md\nmodels/churn/champion/model.json\nmodels/churn/model.yaml",
    );
  });

  it("signs where the clone asks for signed commits, and says so when it cannot", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    const program = join(repository.root, ".git", "sign");
    const sign = async (script: string) => {
      await writeFile(program, `#!/bin/sh\ncat > /dev/null\n${script}\n`);
      await chmod(program, 0o755);
    };
    await sign('echo "-----BEGIN PGP SIGNATURE-----"; echo "[GNUPG:] SIG_CREATED " >&2');
    await repository.git("config", "gpg.program", program);
    await repository.git("config", "commit.gpgSign", "true");
    const located = await locate();

    const id = await branches.commit(located, commitRequest(located.baseCommit, "{}"));
    expect(await repository.git("cat-file", "commit", id)).toContain("gpgsig -----BEGIN PGP SIGNATURE-----");

    await sign('echo "no secret key" >&2; exit 1');
    const again = branches.commit(located, commitRequest(located.baseCommit, "{ }", id));
    await expect(again).rejects.toMatchObject({ code: "git-signing" });
    await expect(again).rejects.toThrow("failed to sign");
    expect(await repository.git("rev-parse", "refit--churn")).toBe(id);
  });

  it("makes a root commit without a parent", async () => {
    const { branches, locate, repository } = await temporaryWorld();

    const id = await branches.commit(await locate(), commitRequest(null, "{}"));

    expect(await repository.git("log", "--format=%H %P", "refit--churn")).toBe(`${id} `);
    expect(await repository.git("ls-tree", "-r", "--name-only", id)).toBe("models/churn/champion/model.json");
  });

  it("touches neither checkout, index, branch, hooks nor ignore rules, and leaves nothing behind", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    await repository.write(".gitignore", "*.json\n");
    await repository.commit("Ignore");
    for (const hook of ["post-checkout", "pre-commit", "commit-msg", "post-commit", "reference-transaction"]) {
      const file = join(repository.root, ".git/hooks", hook);
      await writeFile(
        file,
        `#!/bin/sh\ntouch "${repository.root}/hook-ran"\n${hook === "reference-transaction" ? "" : "exit 1\n"}`,
      );
      await chmod(file, 0o755);
    }
    await repository.write("staged.txt", "staged");
    await repository.git("add", "staged.txt");
    await repository.write("README.md", "edited");
    const before = await repository.git("status", "--porcelain=v2", "--branch");
    const located = await locate();

    await branches.commit(located, commitRequest(located.baseCommit, "{}"));

    expect(await repository.git("status", "--porcelain=v2", "--branch")).toBe(before);
    expect(await readdir(located.commonDir)).not.toContain("worktrees"); // nothing was registered
    expect(await readdir(join(located.commonDir, "refit/scratch"))).toEqual([]);
  });

  it.each([
    ["with refit's attributes", "* text=auto\nmodels/*/champion/** -text -merge\n"],
    ["and when someone deleted them", ""],
  ])("stores bytes as they are, whatever the user's line ending settings, %s", async (_why, attributes) => {
    const { branches, locate, repository, git } = await temporaryWorld();
    await repository.write(".gitattributes", attributes);
    await repository.commit("Attributes");
    for (const key of ["core.autocrlf", "core.safecrlf"]) await repository.git("config", key, "true");
    const located = await locate();
    const content = bytes("one\r\ntwo\nthree\r\n");

    const id = await branches.commit(located, commitRequest(located.baseCommit, content));

    const [stored] = await git.read([`${id}:models/churn/champion/model.json`]);
    expect(Buffer.from(stored!)).toEqual(Buffer.from(content));
  });

  it("applies the repository's filters", async () => {
    const { branches, locate, repository, git } = await temporaryWorld({
      config: { "filter.upper.clean": "tr a-z A-Z", "filter.upper.required": "true" },
    });
    await repository.write(".gitattributes", "*.json filter=upper\n");
    await repository.commit("Attributes");
    const located = await locate();

    const id = await branches.commit(located, commitRequest(located.baseCommit, "abc"));

    expect(await git.read([`${id}:models/churn/champion/model.json`])).toEqual([bytes("ABC")]);
  });

  it("takes the place of a file or symlink with the folder's name", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    await repository.write("models/churn/champion", "not a folder");
    await repository.commit("Odd");
    const located = await locate();

    const id = await branches.commit(located, commitRequest(located.baseCommit, "{}"));

    expect(await repository.git("ls-tree", "-r", "--name-only", id)).toBe(
      "README.md\nmodels/churn/champion/model.json",
    );
  });

  it("gives the same commit for the same request on two machines", async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const { branches, locate } = await temporaryWorld();
        const located = await locate();
        return branches.commit(located, commitRequest(located.baseCommit, "{}"));
      }),
    );

    expect(ids[0]).toBe(ids[1]);
  });

  it("moves the branch only from where it was expected", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    const located = await locate();
    const first = await branches.commit(located, commitRequest(located.baseCommit, "1"));

    await expect(branches.commit(located, commitRequest(located.baseCommit, "2"))).rejects.toMatchObject({
      code: "ref-moved",
    });
    await expect(
      branches.commit(located, commitRequest(located.baseCommit, "2", located.baseCommit)),
    ).rejects.toMatchObject({ code: "ref-moved" });
    expect(await repository.git("rev-parse", "refit--churn")).toBe(first);
    await branches.commit(located, commitRequest(located.baseCommit, "2", first));
    expect(await repository.git("rev-parse", "refit--churn")).not.toBe(first);
  });

  it("does not move a branch under a checkout", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    const located = await locate();
    const head = await branches.commit(located, commitRequest(located.baseCommit, "1"));
    await repository.git("switch", "--quiet", "refit--churn");

    await expect(branches.commit(located, commitRequest(located.baseCommit, "2", head))).rejects.toMatchObject({
      code: "branch-checked-out",
      message: `refit has to move the branch \`refit--churn\`, but it is checked out in ${repository.root}.`,
    });
  });

  it("asks who commits when git does not know", async () => {
    const { repository } = await temporaryWorld({ config: { "user.useConfigOnly": "true" } });
    const { PATH, HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM } = repository.env as Record<string, string>;
    const { branches, locate } = worldOf(repository, { PATH, HOME, GIT_CONFIG_GLOBAL, GIT_CONFIG_NOSYSTEM } as never);
    const located = await locate();

    await expect(branches.commit(located, commitRequest(located.baseCommit, "1"))).rejects.toMatchObject({
      code: "git-identity",
    });
  });
});

describe("updateRefs", () => {
  it("moves all or none", async () => {
    const { branches, locate, repository } = await temporaryWorld();
    const located = await locate();
    const [a, b] = ["refs/heads/refit--a", "refs/heads/refit--b"] as const;
    await branches.updateRefs(located, [{ ref: a, id: located.baseCommit, expected: null }]);

    const both = [
      { ref: a, id: null, expected: located.baseCommit },
      { ref: b, id: located.baseCommit, expected: located.baseCommit },
    ];
    await expect(branches.updateRefs(located, both)).rejects.toMatchObject({ code: "ref-moved" });

    expect(await repository.git("for-each-ref", "--format=%(refname)", "refs/heads/refit--*")).toBe(a);
    await branches.updateRefs(located, [{ ref: a, id: null, expected: located.baseCommit }]);
    expect(await repository.git("for-each-ref", "refs/heads/refit--*")).toBe("");
  });
});

describe("tag", () => {
  it("creates an annotated tag once, and reports one that points elsewhere", async () => {
    const { branches, locate, repository } = await temporaryWorld({ config: { "tag.gpgSign": "true" } });
    const located = await locate();
    const tag = { name: "model/churn/v1", commit: located.baseCommit, message: "churn v1\n", at: Date.UTC(2026, 2, 1) };

    expect(await branches.tag(located, tag)).toBe("created");
    expect(await branches.tag(located, tag)).toBe("exists");
    expect(await branches.tag(located, { ...tag, commit: await repository.commit("More") })).toBe("exists-elsewhere");
    expect(
      await repository.git(
        "for-each-ref",
        "--format=%(objecttype) %(taggerdate:unix) %(contents:subject)",
        "refs/tags",
      ),
    ).toBe("tag 1772323200 churn v1");
  });
});

describe("push and fetch", () => {
  it("brings what one machine pushed to the other, and takes away what it deleted", async () => {
    const one = await temporaryWorld({ remote: true });
    const two = worldOf(await one.repository.clone());
    const located = await one.locate();
    const ref = "refs/heads/refit--churn";
    const id = await one.branches.commit(located, commitRequest(located.baseCommit, "1"));

    await one.branches.push(located, [{ ref, id, expected: null }]);
    await two.branches.fetch(await two.locate());
    expect(await two.git.resolve("refs/remotes/origin/refit--churn")).toBe(id);
    expect(await one.git.resolve("refs/remotes/origin/refit--churn")).toBe(id);

    await one.branches.push(located, [{ ref, id: null, expected: id }]);
    await two.branches.fetch(await two.locate());
    expect(await two.git.resolve("refs/remotes/origin/refit--churn")).toBeNull();
    expect(await one.git.resolve("refs/remotes/origin/refit--churn")).toBeNull();
  });

  it("fetches the base branch and refit's own into a clone of a single branch", async () => {
    const one = await temporaryWorld({ remote: true });
    const two = worldOf(await one.repository.clone());
    await two.repository.git("config", "remote.origin.fetch", "+refs/heads/other:refs/remotes/origin/other");
    const head = await one.repository.commit("More");
    await one.repository.git("push", "--quiet", "origin", "main", "main:refit-ledger");

    await two.branches.fetch(await two.locate());

    expect(await two.git.resolve("refs/remotes/origin/main")).toBe(head);
    expect(await two.git.resolve("refs/remotes/origin/refit-ledger")).toBe(head);
  });

  it("says when it last had what the remote has, also where a fetch brought nothing", async () => {
    const one = await temporaryWorld({ remote: true });
    const two = worldOf(await one.repository.clone());
    const located = await two.locate();
    const today = Date.now() - 60_000;
    const longAgo = new Date("2020-01-01T00:00:00Z");
    const age = async () => {
      const { commonDir } = located;
      const all = await readdir(commonDir, { recursive: true });
      await Promise.all(all.map((file) => utimes(join(commonDir, file), longAgo, longAgo)));
      expect(await two.git.fetchedAt(located)).toBe(longAgo.getTime());
    };
    expect(await two.git.fetchedAt(located)).toBeGreaterThan(today);

    await age();
    await two.branches.fetch(located);
    expect(await two.git.fetchedAt(located)).toBeGreaterThan(today);
    expect(await readdir(located.commonDir)).not.toContain("FETCH_HEAD");

    const linked = join(two.repository.root, "linked");
    await two.repository.git("worktree", "add", "--quiet", "--detach", linked);
    await age();
    await two.repository.git("-C", linked, "fetch", "--quiet");
    expect(await two.git.fetchedAt(located)).toBeGreaterThan(today);
  });

  it("pushes all or none, and says which ref had moved", async () => {
    const one = await temporaryWorld({ remote: true });
    const two = worldOf(await one.repository.clone());
    const located = await one.locate();
    const ref = "refs/heads/refit--churn";
    const theirs = await two.branches.commit(await two.locate(), commitRequest(located.baseCommit, "theirs"));
    await two.branches.push(await two.locate(), [{ ref, id: theirs, expected: null }]);
    const ours = await one.branches.commit(located, commitRequest(located.baseCommit, "ours"));

    const updates = [
      { ref, id: ours, expected: null },
      { ref: "refs/heads/refit-ledger", id: ours, expected: null },
    ];
    await expect(one.branches.push(located, updates)).rejects.toMatchObject({
      code: "push-rejected",
      reason: "moved",
      message: "`refs/heads/refit--churn` on the remote changed while refit was working. Nothing was overwritten.",
    });

    expect(await one.repository.git("ls-remote", "origin", "refs/heads/refit*")).toBe(`${theirs}\t${ref}`);
  });

  it("tells a refusal by rules from a lost race", async () => {
    const { branches, locate, repository } = await temporaryWorld({ remote: true });
    const hook = join(repository.remote!, "hooks/update");
    await writeFile(
      hook,
      `#!/bin/sh\ncase "$1" in refs/heads/refit*) echo "GH006: Protected branch" >&2; exit 1;; esac\n`,
    );
    await chmod(hook, 0o755);
    const located = await locate();
    const id = await branches.commit(located, commitRequest(located.baseCommit, "1"));

    const refused = branches.push(located, [{ ref: "refs/heads/refit--churn", id, expected: null }]);

    await expect(refused).rejects.toMatchObject({
      reason: "refused",
      message: expect.stringContaining("GH006: Protected branch"),
    });
  });

  it("says when the remote cannot be reached", async () => {
    const { branches, locate, repository } = await temporaryWorld({ remote: true });
    await repository.git("remote", "set-url", "origin", join(repository.root, "gone.git"));
    const located = await locate();

    await expect(branches.fetch(located)).rejects.toMatchObject({ code: "remote-unreachable" });
    await expect(
      branches.push(located, [{ ref: "refs/heads/refit--churn", id: located.baseCommit, expected: null }]),
    ).rejects.toMatchObject({ code: "remote-unreachable" });
  });

  it("does nothing without a remote", async () => {
    const { branches, locate } = await temporaryWorld();
    const located = await locate();

    const update = { ref: "refs/heads/refit--churn", id: located.baseCommit, expected: null };
    await expect(branches.fetch(located)).resolves.toBeUndefined();
    await expect(branches.push(located, [update])).resolves.toBeUndefined();
  });
});
