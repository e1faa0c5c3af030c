import { createHash } from "node:crypto";

/** Texts of files by path. */
export type FolderTexts = ReadonlyMap<string, string>;

export interface ImportedCommit {
  /** Full ref. */
  readonly ref: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly message: string;
  /** Written over those of the commit before. */
  readonly files: FolderTexts;
  /** What the first commit of a stream follows; left out: the one before it on the ref, or nothing. */
  readonly from?: string;
  /** A number that later commands of the stream name it by. */
  readonly mark?: number;
}

/** A commit in a stream for `git fast-import`. */
export function importedCommit({ ref, at, message, files, from, mark }: ImportedCommit): string {
  return [
    `commit ${ref}\n`,
    mark === undefined ? "" : `mark :${mark}\n`,
    `committer A Bench <bench@example.com> ${at} +0000\n`,
    data(message),
    from === undefined ? "" : `from ${from}\n`,
    ...[...files].map(([file, text]) => `M 100644 inline ${file}\n${data(text)}`),
  ].join("");
}

/** An annotated tag in such a stream. */
export function importedTag(name: string, mark: number, at: number): string {
  return `tag ${name}\nfrom :${mark}\ntagger A Bench <bench@example.com> ${at} +0000\n${data(name)}`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** The id that git gives to a folder, so that each version can name the one before as its parent. */
export function treeIdOf(files: FolderTexts): string {
  const folders = new Map<string, Map<string, string>>();
  const entries: (readonly [name: string, mode: string, id: string])[] = [];
  for (const [path, text] of files) {
    const slash = path.indexOf("/");
    if (slash === -1) entries.push([path, "100644", gitId("blob", Buffer.from(text))]);
    else {
      const name = path.slice(0, slash);
      folders.set(name, (folders.get(name) ?? new Map<string, string>()).set(path.slice(slash + 1), text));
    }
  }
  for (const [name, below] of folders) entries.push([name, "40000", treeIdOf(below)]);
  // git sorts a folder as if its name ended with a slash.
  const sortedAs = ([name, mode]: (typeof entries)[number]) => (mode === "40000" ? `${name}/` : name);
  const sorted = entries.toSorted((a, b) => (sortedAs(a) < sortedAs(b) ? -1 : 1));
  const parts = sorted.map(([name, mode, id]) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]),
  );
  return gitId("tree", Buffer.concat(parts));
}

function gitId(type: "blob" | "tree", content: Buffer): string {
  return createHash("sha1").update(`${type} ${content.length}\0`).update(content).digest("hex");
}
