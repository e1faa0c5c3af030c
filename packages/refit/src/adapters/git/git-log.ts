import { GitFailedError } from "@refit/core/errors";
import type { FolderState } from "@refit/core/history";
import type { LogSince, LogStart } from "../../ports/git.ts";
import { catFileBatch, fileContent, type StoredObject } from "./cat-file.ts";
import { folderLog, type FolderLog } from "./folder-log.ts";
import type { GitProcess } from "./git-process.ts";
import { manyObjects, type ObjectReader } from "./object-reader.ts";
import { splitByNul } from "./split-by-nul.ts";

const format = "--format=commit %H %P%x00%ct%x00%an%x00%s";
const flags = [
  "--first-parent",
  "--diff-merges=first-parent",
  "--reverse",
  "--root",
  "--raw",
  "-t",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-color",
  "--no-ext-diff",
  "--no-relative",
  "--no-mailmap",
  "--ignore-submodules=none",
];

/** What a log is read with. */
interface LogTools {
  readonly git: GitProcess;
  readonly objects: ObjectReader;
}

/**
 * First-parent commits of `commit` that changed a folder, oldest first, with the folder's tree id and files after
 * each. One git process for all folders; where the named files are many, a second one reads them meanwhile.
 */
export async function gitLog(
  tools: LogTools,
  commit: string,
  folders: readonly string[],
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly FolderState[]>> {
  if (folders.length === 0) return new Map();
  const { states } = await readLog(tools, { range: commit, folders, names }, []);
  return states;
}

/** The same after a commit of that line; `null`: it is not on the line, or not there any more. */
export async function gitLogSince(
  tools: LogTools,
  { commit: since, filesOf }: LogStart,
  { commit, ...asked }: Pick<LogQuestion, "folders" | "names"> & { readonly commit: string },
): Promise<LogSince | null> {
  try {
    // All commits are listed, so that the oldest says what it follows.
    const log = await readLog(tools, { ...asked, range: `${since}..${commit}`, filesOf }, ["--sparse"]);
    return log.follows === since ? log : null;
  } catch (error) {
    if (error instanceof GitFailedError) return null;
    throw error;
  }
}

interface LogQuestion {
  readonly range: string;
  readonly folders: readonly string[];
  /** Of files whose contents are read. */
  readonly names: readonly string[];
  readonly filesOf?: LogStart["filesOf"];
}

async function readLog(
  { git, objects }: LogTools,
  { range, folders, names, filesOf }: LogQuestion,
  options: readonly string[],
) {
  const wanted = new Set(names);
  const blobs = blobReader({ git, objects });
  const logs = new Map(
    folders.map((folder) => [folder, folderLog(folder, wanted, blobs.ask, filesOf && (() => filesOf(folder)))]),
  );
  const touched = new Set<FolderLog>();
  const logsOf = logFinder(logs);
  let commits = 0;
  let follows: string | undefined;

  const parser = rawLogParser({
    onChange(raw, path) {
      for (const log of logsOf(path)) if (log.change(raw, path)) touched.add(log);
    },
    onCommitEnd([ids = "", ...fields]) {
      const [id = "", parent] = ids.split(" ");
      if (commits++ === 0) follows = parent;
      for (const log of touched) log.endOfCommit([id, ...fields]);
      touched.clear();
    },
  });
  const tokens = splitByNul(parser.onToken);
  const args = ["log", ...flags, ...options, "--encoding=UTF-8", format, range, "--", ...pathsFor(folders)];
  try {
    await git.run(args, { onOutput: tokens.push });
    tokens.end();
    parser.end();
  } finally {
    await blobs.end();
  }

  for (const { states } of logs.values()) {
    for (const { files, contents } of states) {
      for (const { path, id } of files) {
        const content = wanted.has(path) ? blobs.contents.get(id) : undefined;
        if (content !== undefined) contents.set(path, content);
      }
    }
  }
  return { commits, follows, states: new Map([...logs].map(([folder, log]) => [folder, log.states])) };
}

/** Logs of a path and of every folder that holds it. */
function logFinder(logs: ReadonlyMap<string, FolderLog>): (path: string) => readonly FolderLog[] {
  const byPath = new Map<string, readonly FolderLog[]>();
  return (path) => {
    const known = byPath.get(path);
    if (known !== undefined) return known;
    const found = withParents(path).flatMap((folder) => logs.get(folder) ?? []);
    byPath.set(path, found);
    return found;
  };
}

/** git compares each file that changed with each path: instead of many folders it gets the one that holds them all. */
function pathsFor(folders: readonly string[]): readonly string[] {
  if (folders.length <= mostPaths) return folders;
  const common = folders[0]!.split("/");
  for (const folder of folders) {
    while (common.length > 0 && !folder.startsWith(`${common.join("/")}/`)) common.pop();
  }
  return common.length === 0 ? [] : [common.join("/")];
}

const mostPaths = 16;

/** Reads each blob once. Few are asked for at the end, and of the process that answers anyway. */
function blobReader({ git, objects }: LogTools) {
  const contents = new Map<string, Uint8Array>();
  const ids = new Set<string>();
  let batch: ReturnType<typeof catFileBatch> | null = null;

  function found(): Promise<readonly (StoredObject | null)[]> {
    return batch === null ? objects.askAll([...ids]) : batch.end();
  }

  return {
    contents,
    ask(id: string): void {
      if (ids.has(id)) return;
      ids.add(id);
      if (batch !== null) return batch.ask(id);
      if (ids.size < manyObjects) return;
      batch = catFileBatch(git);
      for (const each of ids) batch.ask(each);
    },
    async end(): Promise<void> {
      const stored = await found();
      let index = 0;
      for (const id of ids) {
        const content = fileContent(stored[index++] ?? null);
        if (content !== null) contents.set(id, content);
      }
    },
  };
}

/** Understands the NUL-ended tokens of `format` and `--raw -z`: four fields, then pairs of change and path. */
function rawLogParser(on: {
  onChange: (raw: string, path: string) => void;
  onCommitEnd: (fields: readonly string[]) => void;
}) {
  let fields: string[] = [];
  let change: string | null = null;

  function end(): void {
    if (fields.length > 0) on.onCommitEnd(fields);
  }

  function onToken(token: string): void {
    if (change !== null) {
      on.onChange(change, token);
      change = null;
    } else if (fields.length > 0 && fields.length < 4) {
      fields.push(token);
    } else if (token.startsWith("commit ")) {
      end();
      fields = [token.slice("commit ".length)];
    } else if (token.startsWith(":") || token.startsWith("\n:")) {
      // A line break stands before the first change of a commit.
      change = token.slice(token.indexOf(":"));
    }
  }

  return { onToken, end };
}

/** The path itself and every folder that holds it. */
function withParents(path: string): string[] {
  const paths = [path];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    paths.push(path.slice(0, slash));
  }
  return paths;
}
