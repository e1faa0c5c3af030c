import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

/** The `refit` command as a file that Node can run. */
export interface Cli {
  readonly file: string;
  readonly version: string;
}

/**
 * The `refit` that the workspace has installed, so that the version in its lockfile decides; `null`: it has none.
 *
 * @param folder where to start looking, upwards as Node does.
 */
export async function findInstalled(folder: string): Promise<Cli | null> {
  const resolve = createRequire(path.join(folder, "package.json")).resolve;
  let manifest: string;
  try {
    manifest = resolve("refit/package.json");
  } catch {
    return null;
  }
  const { bin, version } = JSON.parse(await readFile(manifest, "utf8")) as {
    readonly bin?: { readonly refit?: string };
    readonly version?: string;
  };
  if (bin?.refit === undefined) return null;
  return { file: path.join(path.dirname(manifest), bin.refit), version: version ?? "unknown" };
}
