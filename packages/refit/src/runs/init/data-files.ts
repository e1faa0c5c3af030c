import path from "node:path";
import type { Finding } from "@refit/core/data";
import { docsPage, quoted, UsageError } from "@refit/core/errors";
import { dataManifest, schemeOf, sourceFormat, unreadEnding } from "@refit/core/spec";
import { sha256 } from "../../sha256.ts";
import { encodeText } from "../../text.ts";
import type { Files } from "../../ports/files.ts";
import type { Ports } from "../../ports/index.ts";
import type { FetchedFile } from "../../ports/sources.ts";
import type { Repository } from "../../ports/repository.ts";

/** What a person says about the data of a new model. */
export interface InspectRequest {
  /** Relative to the repository. */
  readonly file: string;
  /** What it will hold; `null`: it is there. */
  readonly text: string | null;
  readonly target: string;
  /** `null`: the rows have no time. */
  readonly time: string | null;
  /** A strptime pattern; `null`: not said. */
  readonly timeFormat: string | null;
}

const usage = "refit init --data FILE --target COLUMN [--time COLUMN]";

/**
 * The path from the root of data that a person has named, as seen from the folder of the command or from the root.
 *
 * @param candidates paths from the root, the likely one first. @returns the last one where none has data.
 */
export async function placeOfData(
  ports: Pick<Ports, "files" | "sources">,
  repository: Repository,
  candidates: readonly string[],
): Promise<string> {
  for (const file of candidates.slice(0, -1)) {
    const manifest = dataManifest.parse({ sources: [{ path: file }] });
    const { files } = await ports.sources.list(repository, manifest, { workTree: true });
    const isThere = files.length > 0 || (sourceFormat(file) === null && (await isFile(ports, repository, file)));
    if (isThere) return file;
  }
  return candidates.at(-1)!;
}

async function isFile({ files }: Pick<Ports, "files">, { root }: Repository, file: string): Promise<boolean> {
  return (await files.read(path.join(root, file)).catch(() => null)) !== null;
}

/** @param scratch folder for a file that is not written yet. @throws UsageError */
export async function filesToInspect(
  ports: Pick<Ports, "files" | "sources">,
  repository: Repository,
  { file, text }: InspectRequest,
  scratch: string,
): Promise<{ readonly files: readonly FetchedFile[]; readonly findings: readonly Finding[] }> {
  if (text !== null) return { files: [await plannedFile(ports.files, scratch, file, encodeText(text))], findings: [] };
  if (schemeOf(file) === "postgres") {
    const advice = `Write data-manifests/<dataset>.yaml and models/<model>/model.yaml by hand: ${docsPage("sources.md")}.`;
    throw new UsageError(`init reads files, and ${quoted(file)} needs a query. ${advice}`, usage);
  }
  const manifest = dataManifest.parse({ sources: [{ path: file }] });
  const { files, findings } = await ports.sources.list(repository, manifest, { workTree: true });
  if (files.length === 0 && sourceFormat(file) === null && (await isFile(ports, repository, file))) {
    throw new UsageError(`${file} cannot be read. ${unreadEnding(file)}`, usage);
  }
  if (files.length === 0) {
    throw new UsageError(
      `There is no ${file} in ${repository.root}; paths are relative to the current folder, or to that one.`,
      usage,
    );
  }
  const fetched: FetchedFile[] = [];
  for (const source of files) fetched.push(await ports.sources.fetch(repository, source));
  return { files: fetched, findings };
}

/** A sentence about files of the same ending beside the one that is read; none where there are none, or a glob is read. */
export async function besideNotes(
  ports: Pick<Ports, "sources">,
  repository: Repository,
  { file, text }: Pick<InspectRequest, "file" | "text">,
): Promise<string[]> {
  const { dir, ext } = path.posix.parse(file);
  if (text !== null || /[*?[\]{}]/.test(file)) return [];
  const pattern = path.posix.join(dir, `*${ext}`);
  const { files } = await ports.sources.list(repository, dataManifest.parse({ sources: [{ path: pattern }] }), {
    workTree: true,
  });
  const others = files.length - 1;
  if (others < 1) return [];
  const are = others === 1 ? "There is 1 more file" : `There are ${others} more files`;
  return [
    `${are} like ${quoted(pattern)}, and the model reads ${quoted(file)} alone. If they hold rows of the same table, set \`path: ${JSON.stringify(pattern)}\` in the data manifest; then files that arrive later are read, too.`,
  ];
}

/** A data file that is not written yet, in a place where nobody sees it. */
async function plannedFile(
  files: Pick<Files, "write">,
  scratch: string,
  file: string,
  bytes: Uint8Array,
): Promise<FetchedFile> {
  const localPath = path.join(scratch, "planned");
  await files.write(localPath, bytes, { lasting: false });
  const digest = sha256(bytes);
  const format = sourceFormat(file)!;
  return {
    path: file,
    bytes: bytes.length,
    blob: null,
    identity: digest,
    sha256: digest,
    localPath,
    format: format.format,
    delimiter: format.delimiter,
  };
}
