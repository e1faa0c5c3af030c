import { execFile } from "node:child_process";
import { access, cp, mkdir, mkdtemp, readFile, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { harmlessEnvironment, type ProcessEnvironment } from "./child-environment.ts";
import type { Cli } from "./find-cli.ts";
import { InputError } from "./input-error.ts";

const execute = promisify(execFile);

/** What `build.mjs` writes beside the command that the action carries. */
interface Carried {
  readonly version: string;
  /** Such as `linux-x64`. */
  readonly platforms: readonly string[];
}

/**
 * The command that the action was built with, in a new folder of this job. The action carries its code; the few packages
 * with native parts come from the registry, held by the integrity hashes of a lockfile, and none of their scripts run.
 *
 * Only npm's own cache outlives the job: npm compares what it takes from there with the lockfile. Installed files in a
 * folder that other jobs write to could be anybody's, and would run with this job's token.
 *
 * @param carried the folder `cli` of the action.
 */
export async function installCarried(carried: string, env: ProcessEnvironment): Promise<Cli> {
  const { version, platforms } = JSON.parse(await readFile(path.join(carried, "cli.json"), "utf8")) as Carried;
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) {
    throw new InputError(
      `refit is not installed in the workspace, and the action brings it for ${platforms.join(", ")} only, not for ${platform}. Add refit to the workspace's package.json, and a step \`npm ci\`.`,
    );
  }
  const npm = await findNpm(env);
  const temporary = env["RUNNER_TEMP"] || tmpdir();
  const cache = path.join(env["RUNNER_TOOL_CACHE"] || temporary, "refit", "npm");
  await mkdir(temporary, { recursive: true });
  const home = await mkdtemp(path.join(temporary, "refit-"));
  await cp(carried, home, { recursive: true });
  const flags = ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"];
  const options = { cwd: home, env: harmlessEnvironment(env), maxBuffer: 16 * 1024 * 1024 };
  await execute(process.execPath, [npm, ...flags, `--cache=${cache}`], options).catch(
    (error: Error & { stderr?: string }) => {
      const said = error.stderr?.split("\n").slice(0, 5).join(" ") ?? error.message;
      throw new InputError(`The packages that refit needs could not be installed: ${said}`);
    },
  );
  return { file: path.join(home, "bundle", "cli.cjs"), version };
}

/** npm as a JavaScript file, so that no shell is needed to start it, also not on Windows. */
async function findNpm(env: ProcessEnvironment): Promise<string> {
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(path.delimiter).filter(path.isAbsolute);
  for (const folder of folders) {
    const script = await realpath(path.join(folder, "npm")).catch(() => null);
    if (script?.endsWith("npm-cli.js")) return script;
    const beside = path.join(folder, "node_modules", "npm", "bin", "npm-cli.js");
    if (script !== null && (await exists(beside))) return beside;
  }
  throw new InputError(
    "refit is not installed in the workspace, and there is no npm to install it with. Add a step `uses: actions/setup-node`.",
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
