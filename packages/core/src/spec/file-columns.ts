import type { DataManifest } from "./data-manifest.ts";

/** A column whose texts are paths of files. */
export interface FileColumnRule {
  /** Its name from the manifest on. */
  readonly name: string;
  /** Its name in the data files. */
  readonly raw: string;
  /** Where its paths begin, from the root of the repository; `null`: in the folder of the data file. */
  readonly folder: string | null;
  /** Texts that mean that there is no file. */
  readonly missingValues: readonly string[];
}

/** The columns of type `file`, which only the model's own rows have. */
export function fileColumnsOf({
  schema,
  ofTable,
}: Pick<DataManifest, "schema" | "ofTable">): readonly FileColumnRule[] {
  if (ofTable !== undefined) return [];
  return schema.fields
    .filter(({ type }) => type === "file")
    .map(({ name, from, folder, missingValues }) => ({
      name,
      raw: from ?? name,
      folder: folder ?? null,
      missingValues: missingValues ?? schema.missingValues,
    }));
}

/** Longer than any path that a file system knows. */
const longestPath = 4096;
const control = /\p{Cc}|\p{Surrogate}/u;

/** Where a path of a row leads, from the root of the repository, or why it leads nowhere, as a clause. */
export type NamedPlace = { readonly path: string } | { readonly problem: string };

/**
 * Reads a path as its text tells, without looking at any disk.
 *
 * @param folder in which it begins, from the root of the repository; empty or `.`: the root.
 */
export function filePlace(text: string, folder: string): NamedPlace {
  if (text.length > longestPath) return { problem: `is longer than ${longestPath} characters` };
  const found = control.exec(text);
  if (found !== null) {
    const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
    return { problem: `contains the control character U+${code}` };
  }
  if (/^(?:[a-z]:[\\/]|[\\/]|~)/i.test(text)) return { problem: "is absolute" };
  if (/^[a-z][a-z0-9+.-]+:/i.test(text))
    return { problem: "is an address; files of a column must lie in the repository" };
  if (text.includes("\\")) return { problem: "contains a backslash; write / between folders" };
  const parts: string[] = folder === "." ? [] : folder.split("/").filter((part) => part !== "" && part !== ".");
  for (const part of text.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return { problem: "leaves the repository" };
  }
  if (parts.some((part) => part.toLowerCase() === ".git")) return { problem: "leads into .git" };
  if (parts.length === 0 || text.endsWith("/")) return { problem: "is a folder" };
  return { path: parts.join("/") };
}

/**
 * What a program finds in place of a path: the content, with the ending, by which libraries choose how to read it. Folders and names are
 * left out, as they may tell the answer.
 */
export function contentName(sha256: string, path: string): string {
  const ending = /\.([a-z0-9]{1,10})$/i.exec(path)?.[1]?.toLowerCase();
  return ending === undefined ? sha256 : `${sha256}.${ending}`;
}
