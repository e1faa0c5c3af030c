import { spawn } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder, type TemporaryRepository } from "@refit/testkit";
import manifest from "../../../package.json" with { type: "json" };

const bin = fileURLToPath(new URL(`../../../${manifest.bin.refit}`, import.meta.url));

export interface Ended {
  /** `null`: killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command as a process of its own, as a user's shell would start it. */
export function refitProcess(
  { root, env }: Pick<TemporaryRepository, "root" | "env">,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: root, env: { ...env, ...extra } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/**
 * Environment in which `git` is a script that does as git does, and kills whoever called it, with SIGKILL, after the
 * n-th command that changes anything.
 */
export async function murderousGit(env: Readonly<Record<string, string>>, n: number): Promise<Record<string, string>> {
  const folder = await temporaryFolder();
  const count = path.join(folder, "count");
  const script = [
    "#!/bin/sh",
    `PATH='${env["PATH"]}' git "$@"`,
    "status=$?",
    'case " $* " in *" push "*|*" fetch "*|*" update-ref "*|*" commit-tree "*|*" worktree add "*)',
    `  echo >> '${count}'`,
    `  [ "$(wc -l < '${count}')" -eq ${n} ] && kill -9 $PPID ;;`,
    "esac",
    "exit $status",
    "",
  ].join("\n");
  await mkdir(path.join(folder, "bin"));
  await writeFile(path.join(folder, "bin/git"), script);
  await chmod(path.join(folder, "bin/git"), 0o755);
  return { PATH: `${path.join(folder, "bin")}:${env["PATH"]}` };
}
