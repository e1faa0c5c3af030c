import { access, readFile } from "node:fs/promises";
import path from "node:path";

/** The `refit` command as a file that Node can run. */
export interface Cli {
  readonly file: string;
  readonly version: string;
}

/**
 * The `refit` that the workspace has installed, so that the version in its lockfile decides; `null`: it has none.
 *
 * @param folder where to start looking, upwards as Node does, but not above the workspace: what lies there is not the
 * repository's, and other jobs of the same machine may write to it.
 */
export async function findInstalled(folder: string, workspace: string): Promise<Cli | null> {
  const manifest = await nearestManifest(folder, workspace);
  if (manifest === null) return null;
  const { bin, version } = JSON.parse(await readFile(manifest, "utf8")) as {
    readonly bin?: { readonly refit?: string };
    readonly version?: string;
  };
  if (bin?.refit === undefined) return null;
  return { file: path.join(path.dirname(manifest), bin.refit), version: version ?? "unknown" };
}

async function nearestManifest(folder: string, workspace: string): Promise<string | null> {
  const manifest = path.join(folder, "node_modules", "refit", "package.json");
  const there = await access(manifest).then(
    () => true,
    () => false,
  );
  if (there) return manifest;
  const above = path.dirname(folder);
  return folder === workspace || above === folder ? null : nearestManifest(above, workspace);
}
