import { PassThrough } from "node:stream";
import { temporaryRepository } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { gitStarter } from "../../src/adapters/git/git-starter.ts";

describe("git that another process starts", () => {
  it("answers as git does: output, exit code, input, environment and folder, many at once", async () => {
    const repository = await temporaryRepository();
    await repository.write("a.txt", "a\n");
    await repository.commit("Add");
    const { root, env } = repository;
    const commands = [
      ["rev-parse", "--show-toplevel"],
      ["cat-file", "-p", "HEAD:a.txt"],
      ["rev-parse", "--verify", "no-such-ref"],
    ];
    const own = gitProcess(root, env);
    const other = gitProcess(root, env, {}, { starter: gitStarter() });

    const answers = (git: typeof own) => Promise.all(commands.map((args) => git.attempt(args)));
    expect(await answers(other)).toEqual(await answers(own));

    const input = "line one\n\0two";
    const hashed = (git: typeof own) => git.run(["hash-object", "--stdin"], { input });
    expect(await hashed(other)).toBe(await hashed(own));

    const flowing = new PassThrough();
    const chunks: Buffer[] = [];
    const ended = other.attempt(["cat-file", "--batch"], { input: flowing, onOutput: (chunk) => chunks.push(chunk) });
    flowing.end("HEAD:a.txt\n");
    expect((await ended).stdout).toHaveLength(0);
    expect(Buffer.concat(chunks).toString()).toMatch(/ blob 2\na\n/);

    const variables = { GIT_AUTHOR_NAME: "Ada", GIT_AUTHOR_EMAIL: "ada@localhost" };
    expect(await other.run(["var", "GIT_AUTHOR_IDENT"], { env: variables })).toMatch(/^Ada <ada@localhost>/);
  });

  it("says that there is no git, as without it", async () => {
    const git = gitProcess("/", { PATH: "/nowhere" }, {}, { starter: gitStarter() });

    await expect(git.run(["version"])).rejects.toMatchObject({ code: "git-missing" });
  });

  it("does not go while git works, however long that takes, and goes when it has nothing to do", async () => {
    const { root, env } = await temporaryRepository();
    const git = gitProcess(root, env, {}, { starter: gitStarter(20) });
    const slow = git.run(["-c", "alias.slow=!sleep 1; echo slow", "slow"]);

    expect(await git.run(["rev-parse", "--is-inside-work-tree"])).toBe("true");
    expect(await slow).toBe("slow");
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await git.run(["rev-parse", "--is-inside-work-tree"])).toBe("true");
  });

  it("starts git only where it is needed, and never what flows in or out", async () => {
    const { root, env } = await temporaryRepository();
    const asked: (string | undefined)[] = [];
    const real = gitStarter();
    const starter: typeof real = {
      run(command) {
        asked.push(command.args.at(-1));
        return real.run(command);
      },
    };
    let isLarge = false;
    const git = gitProcess(root, env, {}, { spare: { starter, isNeeded: () => isLarge } });

    expect(await git.run(["rev-parse", "--is-bare-repository"])).toBe("false");
    isLarge = true;
    expect(await git.run(["rev-parse", "--is-inside-work-tree"])).toBe("true");
    const chunks: Buffer[] = [];
    await git.run(["hash-object", "--stdin"], { input: "a", onOutput: (chunk) => chunks.push(chunk) });

    expect(Buffer.concat(chunks).toString()).toMatch(/^[0-9a-f]{40}\n$/);
    expect(asked).toEqual(["--is-inside-work-tree"]);
  });

  it("says so when the process that starts it is killed, and is started by another one from then on", async () => {
    const { root, env } = await temporaryRepository();
    const git = gitProcess(root, env, {}, { starter: gitStarter() });
    const killing = "alias.killing=!kill -9 $(ps -o ppid= -p $PPID)";

    await expect(git.run(["-c", killing, "killing"])).rejects.toThrow("has ended");
    expect(await git.run(["rev-parse", "--is-inside-work-tree"])).toBe("true");
  });
});
