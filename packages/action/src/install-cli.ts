import { cp, mkdir, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProcessEnvironment } from "./child-environment.ts";
import type { Cli } from "./find-cli.ts";
import { InputError } from "./input-error.ts";
import { keepPackages, unpackKept, type Pack } from "./kept-packages.ts";
import { installByLockfile } from "./run-npm.ts";

/** What `build.mjs` writes beside the command that the action carries. */
interface Carried {
  readonly version: string;
  /** Such as `linux-x64`. */
  readonly platforms: readonly string[];
  /** Its packages once they are installed, by platform; with musl, that is `linux-x64-musl`. */
  readonly packs: Readonly<Record<string, Pack>>;
}

/** As a step uses it. */
export interface InstalledCli extends Cli {
  /** Ends when the packages are kept for the next step, or cannot be; until then the step must not end. Never rejects. */
  readonly keeping: Promise<unknown>;
}

/**
 * The command that the action was built with, in a new folder of this job. The action carries its code; the few packages
 * with native parts come from the registry, held by the integrity hashes of a lockfile, and none of their scripts run.
 *
 * What outlives the job lies where every other job can write: npm's own cache, which npm compares with the lockfile, and
 * the installed packages as one file, which is compared with the digest that the action carries. Nothing runs from there.
 *
 * @param carried the folder `cli` of the action.
 */
export async function installCarried(
  carried: string,
  env: ProcessEnvironment,
  limitSeconds = 300,
): Promise<InstalledCli> {
  const { version, platforms, packs } = JSON.parse(await readFile(path.join(carried, "cli.json"), "utf8")) as Carried;
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) {
    throw new InputError(
      `refit is not installed in the workspace, and the action includes it only for ${platforms.join(", ")}, not for ${platform}. Install refit into the workspace in an earlier step.`,
    );
  }
  const temporary = env["RUNNER_TEMP"] || tmpdir();
  const shared = path.join(env["RUNNER_TOOL_CACHE"] || temporary, "refit");
  await mkdir(temporary, { recursive: true });
  const home = await mkdtemp(path.join(temporary, "refit-"));
  await cp(carried, home, { recursive: true });
  const cli = { file: path.join(home, "bundle", "cli.cjs"), version };

  const pack = packs[`${platform}${usesMusl() ? "-musl" : ""}`];
  const kept = path.join(shared, "packages", `${pack?.sha256}.pack`);
  if (pack !== undefined && (await unpackKept(kept, pack, home))) return { ...cli, keeping: Promise.resolve() };
  await installByLockfile({ home, cache: path.join(shared, "npm"), env, limitSeconds });
  // The command runs meanwhile. Where nothing can be kept, the next step installs again.
  const keeping = pack === undefined ? Promise.resolve() : keepPackages(kept, pack, home).catch(() => false);
  return { ...cli, keeping };
}

/** npm installs another native part then. */
function usesMusl(): boolean {
  if (process.platform !== "linux") return false;
  const report: typeof process.report & { excludeNetwork?: boolean } = process.report;
  report.excludeNetwork = true; // else it looks up the names of hosts
  const { header } = report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}
