import type { Field, Source } from "./data-manifest.ts";
import { quoted } from "../errors/name-words.ts";
import { escapes } from "./path-rules.ts";
import { problemAt, type SpecProblem } from "./problems.ts";
import { schemeOf } from "./source-scheme.ts";

/** What is wrong with the `folder` of a field by itself. */
export function folderProblems({ type, folder }: Field, index: number): SpecProblem[] {
  const at = ["schema", "fields", index, "folder"];
  if (folder === undefined) return [];
  if (type !== "file") return [problemAt(at, `only file has one, and type is ${quoted(type)}`)];
  if (schemeOf(folder) !== "")
    return [problemAt(at, `${quoted(folder)} is an address; files of a column must lie in the repository`)];
  const outside = escapes(folder);
  return outside === null ? [] : [problemAt(at, outside)];
}

/** Kinds of places whose files can be listed, so that rows may name those that lie beside their data file. */
const listed: ReadonlySet<string> = new Set(["", "s3", "hf", "dvc"]);

/** Where files cannot be listed, rows can only name files of the repository. */
export function remoteFileProblems(sources: readonly Source[], fields: readonly Field[]): SpecProblem[] {
  const remote = sources.find(({ path }) => !listed.has(schemeOf(path)));
  if (remote === undefined) return [];
  return fields.flatMap(({ type, folder }, i) => {
    if (type !== "file" || folder !== undefined) return [];
    const words = `${whyNoFiles(remote)}, so that files of a column must lie in the repository: add the folder in which their paths begin, such as \`folder: pictures\``;
    return [problemAt(["schema", "fields", i, "type"], words)];
  });
}

function whyNoFiles({ path }: Source): string {
  if (schemeOf(path) === "postgres") return `${quoted(path)} is a table of a database, which has no files`;
  return `the files beside ${quoted(path)} cannot be listed`;
}

/** A further table has no files: its rows are joined by SQL, which cannot say to which row a file belongs. */
export function noFilesHere(fields: readonly Field[]): SpecProblem[] {
  return fields.flatMap(({ type }, i) =>
    type === "file"
      ? [
          problemAt(
            ["schema", "fields", i, "type"],
            "a further table has no files; name them in the rows of `sources`, or declare `string` for the text of the path",
          ),
        ]
      : [],
  );
}
