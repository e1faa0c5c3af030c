import { ArtifactInvalidError, refuseNewer } from "@refit/core/errors";
import { knownFormat } from "@refit/core/runtime";
import { hexDigest } from "./git-tree.ts";
import type { VersionReader } from "./read-files.ts";

/** A version whose every file is what its `lineage.json` says. */
export interface VersionFiles {
  readonly model: string;
  /** Name of its learner. */
  readonly learner: string;
  /** By path in the version, `lineage.json` included. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const lineageFile = "lineage.json";

/** @throws ArtifactInvalidError naming the first file that is missing or another one, FormatNewerError */
export async function readVersionFiles(read: VersionReader): Promise<VersionFiles> {
  const bytes = await bring(read, lineageFile);
  const value = parseJson(lineageFile, bytes);
  refuseNewer(lineageFile, value, knownFormat);
  const { format, model, learner, files: claimed } = fieldsOf(value);
  if (format !== knownFormat) fail(lineageFile, "the number of its format");
  const { name } = fieldsOf(learner);
  if (typeof model !== "string" || typeof name !== "string") fail(lineageFile, "the names of model and learner");
  const contents = await Promise.all(
    Object.entries(fieldsOf(claimed)).map(async ([path, facts]) => [path, await checked(path, facts)] as const),
  );
  return { model, learner: name, files: new Map([...contents, [lineageFile, bytes]]) };

  async function checked(path: string, facts: unknown): Promise<Uint8Array> {
    if (/^$|^\/|\\|(^|\/)\.*(\/|$)/.test(path)) fail(lineageFile, "paths inside the folder of the version");
    const { sha256, bytes: size } = fieldsOf(facts);
    const content = await bring(read, path);
    if (content.length !== size)
      fail(path, `the bytes that lineage.json names, ${String(size)} of them, not ${content.length}`);
    const found = await hexDigest("SHA-256", content);
    if (found !== sha256)
      fail(path, `the bytes that lineage.json names, sha256 ${String(sha256).slice(0, 12)}, not ${found.slice(0, 12)}`);
    return content;
  }
}

export function parseJson(file: string, bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(utf8(bytes!));
  } catch {
    return fail(file, "JSON");
  }
}

export function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

async function bring(read: VersionReader, path: string): Promise<Uint8Array> {
  return (await read(path)) ?? fail(path, "this file to exist");
}

const fieldsOf = (value: unknown) => Object(value) as Readonly<Record<string, unknown>>;

function fail(file: string, expected: string): never {
  throw new ArtifactInvalidError(file, "", expected);
}
