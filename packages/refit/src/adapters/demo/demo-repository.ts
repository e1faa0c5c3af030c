import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DemoAnswer, DemoRepository } from "../../ports/demo-stage.ts";
import { gitProcess } from "../git/git-process.ts";

interface DemoWorld {
  /** The file that Node runs as the command `refit`. */
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Kept in the repository itself, so that whoever goes on by hand needs no settings either. */
const settings = [
  ["user.name", "A Reviewer"],
  ["user.email", "reviewer@example.com"],
  ["commit.gpgSign", "false"],
] as const;

/** @param folder absolute. */
export async function openDemoRepository({ program, env }: DemoWorld, folder: string): Promise<DemoRepository> {
  const own = environment(env);
  const git = (at: string, args: readonly string[]) =>
    gitProcess(folder, { ...own, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at }).run(args);
  await mkdir(folder, { recursive: true });
  const { run } = gitProcess(folder, own);
  await run(["init", "--quiet", "--initial-branch=main"]);
  for (const setting of settings) await run(["config", ...setting]);
  return {
    folder,
    async write(file, text) {
      const target = path.join(folder, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, text);
    },
    git,
    refit: (at, args) => answerOf([program, ...args, "--forge", "local", "--now", at], { cwd: folder, env: own }),
  };
}

/** The same commits come out on every machine, also in a hook, in a workflow, and beside settings of the user's. */
function environment(env: DemoWorld["env"]): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(?:GIT|GITHUB|REFIT)_/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null" };
}

function answerOf(
  words: readonly string[],
  place: { readonly cwd: string; readonly env: Record<string, string> },
): Promise<DemoAnswer> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { ...place, maxBuffer: Infinity }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code;
      if (typeof exitCode === "number") resolve({ exitCode, stdout, stderr });
      else reject(error!);
    });
  });
}
