import path from "node:path";
import type { RowFile } from "../../../../ports/sources.ts";
import type { Repository } from "../../../../ports/repository.ts";
import { SourceVanishedError } from "@refit/core/errors";
import { openSealedJson, sealJson } from "../../../../sealed-json.ts";
import { decodeText, encodeText } from "../../../../text.ts";
import { contentFolder } from "../../content-folder.ts";
import { diskFiles } from "../../../disk/files.ts";
import type { GitProcess } from "../../../git/git-process.ts";

/** Changes of the folder of files that are looked at on the way back through history. */
const mostChanges = 20;

type KeptName = readonly [path: string, sha256: string, bytes: number];

/** Keeps what the rows of a data file named, under the digest of both: later the paths may lead to other files. */
export async function keepNames(repository: Repository, digest: string, files: Iterable<RowFile>): Promise<void> {
  const entries = [...files].map(({ path: name, sha256, bytes }): KeptName => [name, sha256, bytes]);
  const bytes = encodeText(sealJson(entries));
  await diskFiles.write(placeOf(repository, digest), bytes, { lasting: false }).catch(() => {});
}

/** What was kept, by path; of the files themselves this machine may have those that were fetched. `null`: nothing on this machine. */
export async function recallNames(
  repository: Repository,
  digest: string,
): Promise<ReadonlyMap<string, RowFile> | null> {
  const bytes = await diskFiles.read(placeOf(repository, digest)).catch(() => null);
  const kept = bytes === null ? null : openSealedJson(decodeText(bytes));
  if (kept === null) return null;
  const { contentStore } = await import("../../remote/content-store.ts"); // of remote places alone: most runs start without it
  const store = contentStore(contentFolder(repository.commonDir));
  const files = (kept.value as readonly KeptName[]).map(([name, sha256, size]): RowFile => {
    const bring = async (): Promise<string> => {
      const file = await store.find(sha256);
      if (file === null) throw new SourceVanishedError(name);
      return file;
    };
    return { path: name, sha256, bytes: size, bring };
  });
  return new Map(files.map((file) => [file.path, file]));
}

const placeOf = ({ commonDir }: Repository, digest: string) =>
  path.join(commonDir, "refit", "cache", "paths", `${digest}.named`);

/** The commits of the base branch before each change of a folder, newest first: what was there then. @param folder empty: the root. */
export async function statesBefore(
  git: GitProcess,
  { root, baseCommit }: Repository,
  folder: string,
): Promise<readonly string[]> {
  const below = folder === "" ? [] : ["--", folder];
  const format = ["--format=%P", "--first-parent", "-m", `--max-count=${mostChanges}`];
  const found = await git.attempt(["log", ...format, baseCommit, ...below], { cwd: root });
  if (found.exitCode !== 0) return [];
  const parents = found.stdout
    .toString()
    .split("\n")
    .map((line) => line.trim().split(" ")[0]!);
  return [...new Set(parents.filter((commit) => commit !== ""))];
}
