import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TemporaryRepository } from "@refit/testkit";
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
