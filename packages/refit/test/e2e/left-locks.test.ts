import { execFile } from "node:child_process";
import { lstat, readdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { reject } from "../../src/runs/reject.ts";
import { championScene, proposedScene, type Scene } from "./support/scene.ts";

const execute = promisify(execFile);

/** As git leaves them that was killed 3 hours ago, between its work and the removal of its locks. */
async function leave(...files: readonly string[]): Promise<void> {
  const then = Date.now() / 1000 - 3 * 3600 - 60;
  for (const file of files) {
    await writeFile(file, "");
    await utimes(file, then, then);
  }
}

/** Below `remote/`: in the remote's own folder. */
function placeIn({ root, repository }: Scene, place: string): string {
  return place.startsWith("remote/") ? path.join(repository.remote!, place.slice(7)) : path.join(root, place);
}

const says = (file: string) =>
  new RegExp(`^The lock file ${file} has been there for 3 hours, and git cannot .* delete it with \`rm "${file}"\``);

describe("a lock that is in nobody's way", () => {
  it("is named by the next `refit reject`, which finds nothing left to do", async () => {
    const scene = await proposedScene();
    await scene.refit("reject", ["churn"]);
    const locks = ["packed-refs", "refs/heads/refit--churn"].map((name) => path.join(scene.root, `.git/${name}.lock`));
    await leave(...locks);
    const notices: string[] = [];
    const ports = await scene.ports();
    const out = { ...ports.out, notice: (sentence: string) => void notices.push(sentence) };

    const ended = reject({ ...ports, out }, { model: "churn", reason: null, dryRun: false });

    await expect(ended).rejects.toMatchObject({ code: "nothing-to-reject" });
    expect(notices).toEqual(locks.map((file) => expect.stringMatching(says(file)) as string));
  });

  it.each([
    ".git/packed-refs.lock",
    ".git/packed-refs.new",
    ".git/refs/heads/refit--churn.lock",
    ".git/refs/heads/refit-rollback--churn.lock",
    ".git/refs/heads/refit-ledger.lock",
    ".git/refs/tags/churn@v2.lock",
    ".git/refs/remotes/origin/refit--churn.lock",
    ".git/refs/remotes/origin/main.lock",
    "remote/packed-refs.lock",
    "remote/refs/heads/refit--churn.lock",
  ])("is named by what writes and by `doctor`, and stays where it is: %s", async (place) => {
    const scene = await championScene();
    await scene.refit("promote");
    const file = placeIn(scene, place);
    await leave(file);

    const told = [await scene.refit("run", ["churn"]), await scene.refit("promote")];
    const { stdout } = await scene.refit("doctor", [], { json: true });

    expect(told.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const idle = place.startsWith("remote/") ? "If nobody is pushing to the remote" : "If no git command";
    for (const { notices } of told) {
      const [sentence] = notices.filter((each) => says(file).test(each));
      expect(sentence).toContain(idle);
    }
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ severity: "warning", what: expect.stringContaining(file) as string }),
    );
    expect((await lstat(file)).isFile()).toBe(true);
  });

  it.each(["refs/heads/feature.lock", "refs/tags/release.lock", "index.lock", "HEAD.lock"])(
    "is not named where refit writes nothing: %s",
    async (name) => {
      const scene = await championScene();
      await leave(path.join(scene.root, ".git", name));

      expect((await scene.refit("run", ["churn"])).notices).toEqual([]);
    },
  );

  it.each(["refit-$(touch${IFS}ran)", "refit-`touch ran`", "refit-a'b", "refit-a b", 'refit-$a"b', "refit-!x"])(
    "is deleted by the very command that is told, which does nothing else: %s",
    async (name) => {
      const scene = await championScene({ remote: false });
      const folder = path.join(scene.root, ".git/refs/heads");
      const before = await readdir(folder);
      await leave(path.join(folder, `${name}.lock`));
      const { notices } = await scene.refit("run", ["churn"]);

      const [, command] = /delete it with `(rm .*)`; otherwise/.exec(notices.join("\n"))!;
      await execute("sh", ["-c", command!], { cwd: folder });

      expect(await readdir(folder)).toEqual(before);
    },
  );

  it.each([
    ["file://", true],
    ["", true],
    ["file://elsewhere", false],
    ["file:///%2F", false],
    ["git@example.org:", false],
    ["https://example.org", false],
  ])("is looked for where a remote is a folder of this machine, and nowhere else: %s", async (scheme, isHere) => {
    const scene = await championScene();
    const { remote } = scene.repository;
    await leave(path.join(remote!, "packed-refs.lock"));
    await scene.git("remote", "set-url", "origin", `${scheme}${remote}`);

    const { stdout } = await scene.refit("doctor");

    expect(stdout.includes("/packed-refs.lock has been there")).toBe(isHere);
  });

  it("is named when it is young and stays, and not when its process is done with it in a moment", async () => {
    const scene = await championScene();
    const [moment, stays] = ["packed-refs.lock", "refs/heads/refit-ledger.lock"].map((name) =>
      path.join(scene.root, ".git", name),
    ) as [string, string];
    await writeFile(moment, "");
    await writeFile(stays, "");
    setTimeout(() => void rm(moment), 300);

    const { notices } = await scene.refit("run", ["churn"]);

    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(`The lock file ${stays} has been there for`);
  });
});

describe("what a killed git was writing when it held the lock of all packed refs", () => {
  it("is named once that lock is removed, as the file that is in git's way", async () => {
    const scene = await proposedScene({ remote: false });
    await scene.git("pack-refs", "--all");
    const file = path.join(scene.root, ".git/packed-refs.new");
    await leave(file);

    await expect(scene.refit("reject", ["churn"])).rejects.toMatchObject({
      code: "git-locked",
      hint: expect.stringContaining(`\`rm "${file}"\``) as string,
    });
  });

  it("does not look like a remote that cannot be reached", async () => {
    const scene = await proposedScene();
    await scene.git("pack-refs", "--all");
    await scene.git("push", "--quiet", "origin", ":refit--churn");
    await scene.git("update-ref", "refs/remotes/origin/refit--churn", "refit--churn");
    await scene.git("pack-refs", "--all");
    const file = path.join(scene.root, ".git/packed-refs.new");
    await leave(file);

    await expect(scene.refit("promote")).rejects.toMatchObject({
      code: "git-locked",
      hint: expect.stringContaining(`\`rm "${file}"\``) as string,
    });
  });
});
