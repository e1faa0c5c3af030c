import { readFile } from "node:fs/promises";
import path, { posix } from "node:path";
import { SourceRefusedError } from "@refit/core/errors";
import { globLiteral, globPattern, globRoot } from "@refit/core/spec";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import { webPlace } from "../https/index.ts";
import { httpClient } from "../remote/http-client.ts";
import { usualPatience } from "../remote/patience.ts";
import type { ListedAt, RemoteFile, RemotePlace, RemoteSource } from "../remote/remote-place.ts";
import { remoteSources } from "../remote/remote-sources.ts";
import { s3Place } from "../s3/index.ts";
import { openSealedJson, sealJson } from "../../../sealed-json.ts";
import { sha256 } from "../../../sha256.ts";
import { encodeText } from "../../../text.ts";
import { version } from "../../../version.ts";
import { diskFiles } from "../../disk/files.ts";
import type { SourceReader, SourceWorld } from "../source-kind.ts";
import { readDvcConfig } from "./config.ts";
import { type DvcObject, type DvcRepository, openObject, type RemotePlaces } from "./objects.ts";
import { readFolderList } from "./folder-list.ts";
import { type PointerOut } from "./pointer.ts";

/** Files and folders that `.dvc` files of the base commit point to, from DVC's cache or its remotes. */
export function dvcSources(world: SourceWorld): SourceReader {
  const patience = world.patience ?? usualPatience;
  const http = httpClient(patience, world.network);
  const places = { https: webPlace(http, patience, world.env), s3: s3Place(http, patience, world.env) };
  return remoteSources("dvc", dvcPlace(world.git, places), patience);
}

/** Where the bytes of a file can be had. */
interface Origin {
  readonly at: DvcRepository;
  readonly out: PointerOut;
}

function dvcPlace(git: GitProcess, places: RemotePlaces): RemotePlace {
  /** By path of a file, and of the entry that names its pointer. */
  const origins = new Map<string, Origin>();

  async function filesOf(source: RemoteSource, listed: ListedAt, pointer: string): Promise<RemoteFile[]> {
    const text = await readText(git, listed, pointer);
    if (text === null) return [];
    const at = await dvcRepository(git, listed, pointer);
    const files: RemoteFile[] = [];
    for (const out of await knownPointer(listed.repository, pointer, text)) {
      origins.set(source.path, { at, out });
      origins.set(out.path, { at, out });
      if (!out.isFolder) {
        files.push({ path: out.path, bytes: out.bytes, version: { md5: out.md5 } });
        continue;
      }
      const list = await listed.bring({ path: out.path, bytes: null, version: { md5: `${out.md5}.dir` } });
      for (const file of readFolderList(out.path, await readFile(list, "utf8"))) {
        origins.set(file.path, { at, out });
        files.push({ path: file.path, bytes: null, version: { md5: file.md5 } });
      }
    }
    return files;
  }

  return {
    async list(source, listed) {
      const pointers = await pointersOf(git, listed.repository, source.path, listed.workTree);
      // Objects of then may be asked for though no pointer is left.
      if (pointers.length === 0) {
        const at = await dvcRepository(git, listed, source.path);
        origins.set(source.path, {
          at,
          out: { path: "", md5: "", bytes: null, isFolder: false, isOld: false, remote: null },
        });
      }
      const files: RemoteFile[] = [];
      for (const pointer of pointers) files.push(...(await filesOf(source, listed, pointer)));
      return files;
    },

    async open(source, file, from) {
      const { at, out } = origins.get(file.path) ?? origins.get(source.path)!;
      const object: DvcObject = { name: file.version!["md5"]!, isOld: out.isOld, remote: out.remote };
      return openObject(at, places, object, { source, file, from });
    },

    // A folder behind the same pointer, or another pointer in the folder of the file.
    beside: (source, file) => [source, { ...source, path: posix.join(globLiteral(posix.dirname(file)), "*.dvc") }],
    names: (source, file) => origins.has(source.path) && mayPointTo(source.path, file),
    keeps: (file) => file.version?.["md5"] !== undefined,
    isResumable: () => true,

    promised(file) {
      const md5 = file.version!["md5"]!.replace(".dir", "");
      return origins.get(file.path)?.out.isOld === true ? { md5OfText: md5 } : { md5 };
    },
  };
}

/** Whether a pointer of this name stands for the file, or for a folder that it is in. */
function mayPointTo(pattern: string, file: string): boolean {
  const pointer = globPattern(pattern);
  const words = file.split("/");
  return words.some((_, i) => pointer.test(`${words.slice(0, i + 1).join("/")}.dvc`));
}

/** Pointers that a path or pattern names, sorted. */
async function pointersOf(
  git: GitProcess,
  { root, baseCommit }: Repository,
  pattern: string,
  workTree: boolean,
): Promise<string[]> {
  const folder = globRoot(pattern);
  const names = await git.run(
    ["ls-tree", "-r", "-z", "--name-only", "--full-tree", baseCommit, ...(folder === "" ? [] : ["--", folder])],
    { cwd: root },
  );
  const wanted = globPattern(pattern);
  const found = names.split("\0").filter((name) => name.endsWith(".dvc") && wanted.test(name));
  // In the work tree a pointer may be new.
  if (workTree && folder === pattern && !found.includes(pattern)) found.push(pattern);
  return found.sort();
}

/** What a pointer says, kept by its text, so that a run with nothing to do reads no YAML. */
async function knownPointer({ commonDir }: Repository, pointer: string, text: string): Promise<PointerOut[]> {
  const file = path.join(commonDir, "refit/cache/parsed", `${sha256(`dvc ${version} ${pointer}\n${text}`)}.json`);
  const known = openSealedJson(await readFile(file, "utf8").catch(() => ""));
  if (known !== null) return known.value as PointerOut[];
  const { readPointer } = await import("./pointer.ts");
  const outs = readPointer(pointer, text);
  // Where it cannot be kept, it is read again.
  await diskFiles.write(file, encodeText(sealJson(outs)), { lasting: false }).catch(() => {});
  return outs;
}

/** A file of the base commit, or of the work tree; `null`: there is none. */
async function readText(git: GitProcess, { repository, workTree }: ListedAt, name: string): Promise<string | null> {
  if (workTree) return textOf(name, path.join(repository.root, name));
  const { exitCode, stdout } = await git.attempt(["cat-file", "blob", `${repository.baseCommit}:${name}`], {
    cwd: repository.root,
  });
  return exitCode === 0 ? stdout.toString() : null;
}

/** The nearest folder upwards with a `.dvc/config`; a monorepo may have several. */
async function dvcRepository(git: GitProcess, listed: ListedAt, pointer: string): Promise<DvcRepository> {
  for (let folder = posix.dirname(pointer); ; folder = posix.dirname(folder)) {
    const config = await readText(git, listed, posix.join(folder, ".dvc/config"));
    if (config === null && folder !== ".") continue;
    const at = path.join(listed.repository.root, folder, ".dvc");
    const own = await textOf(posix.join(folder, ".dvc/config.local"), path.join(at, "config.local"));
    return { folder: at, config: readDvcConfig([config ?? "", own ?? ""]) };
  }
}

/** `null`: there is no such file. @throws SourceRefusedError for one that is there and cannot be read. */
async function textOf(name: string, file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    const hint =
      "Give the user that runs refit the right to read this file; if there is a folder in its place, remove it.";
    throw new SourceRefusedError(name, `this machine answered ${code}`, hint, { cause: error });
  }
}
