import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { TemporaryRepository } from "@refit/testkit";
import manifest from "../../../package.json" with { type: "json" };

/** The command as npm links it. */
export const refitBin = fileURLToPath(new URL(`../../../${manifest.bin.refit}`, import.meta.url));

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
    const child = spawn(process.execPath, [refitBin, ...args], { cwd: root, env: { ...env, ...extra } });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** Notes, as the process ends, which libraries it has loaded. */
const probe = `process.on("exit", () => {
  process.report.excludeNetwork = true;
  const { sharedObjects } = process.report.getReport();
  require("node:fs").writeFileSync(process.env.LIBRARIES, sharedObjects.join("\\n"));
});`;

/** The same, with the names of the native libraries that the process has loaded. */
export async function runNotingLibraries(
  repository: Pick<TemporaryRepository, "root" | "env">,
  args: readonly string[],
): Promise<{ readonly ended: Ended; readonly native: readonly string[] }> {
  const [hook, libraries] = ["hook.cjs", "libraries"].map((name) => path.join(repository.root, "..", name));
  await writeFile(hook!, probe);
  const extra = { NODE_OPTIONS: `--require ${hook}`, LIBRARIES: libraries! };
  const ended = await refitProcess(repository, args, extra);
  const loaded = (await readFile(libraries!, "utf8")).split("\n").filter((file) => /\.node$|duckdb/.test(file));
  return { ended, native: loaded.map((file) => path.basename(file)) };
}
