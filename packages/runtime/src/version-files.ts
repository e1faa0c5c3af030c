import { ArtifactInvalidError } from "@refit/core/errors";
import { type JsonCheck, fields, fits, knownFormat, readJson, text } from "@refit/core/runtime";
import { digestOf, hexOf } from "./git-tree.ts";
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
  const stored = (await read(lineageFile)) ?? undefined;
  const lineage = readJson(lineageFile, stored, knownFormat, lineageCheck) as ClaimedFiles;
  const contents = await Promise.all(
    Object.entries(lineage.files).map(async ([path, facts]) => [path, await checked(path, facts)] as const),
  );
  return { model: lineage.model, learner: lineage.learner.name, files: new Map([...contents, [lineageFile, stored!]]) };

  async function checked(path: string, facts: FileClaim): Promise<Uint8Array> {
    const content = await read(path);
    if (!content) throw new ArtifactInvalidError(path, "", "this file to exist");
    const bytes = content.length;
    const sha256 = hexOf(await digestOf("SHA-256", content));
    if (sha256 === facts.sha256 && bytes === facts.bytes) return content;
    throw new ArtifactInvalidError(
      path,
      "",
      `the bytes that lineage.json names, ${shortOf(facts)}, not ${shortOf({ sha256, bytes })}`,
    );
  }
}

interface ClaimedFiles {
  readonly model: string;
  readonly learner: { readonly name: string };
  readonly files: Readonly<Record<string, FileClaim>>;
}

interface FileClaim {
  readonly sha256: unknown;
  readonly bytes: unknown;
}

const shortOf = ({ sha256, bytes }: FileClaim) => `sha256 ${String(sha256).slice(0, 12)} of ${String(bytes)} bytes`;

const isKnown = fits("the number of its format", (format) => format === knownFormat);
const lineageCheck: JsonCheck = (value) =>
  fields({ format: isKnown, model: text, learner: fields({ name: text }), files: areInside })(value, 0);

const areInside: JsonCheck = (files) =>
  Object.keys(Object(files) as object).some((path) => /^$|^\/|\\|(^|\/)\.*(\/|$)/.test(path))
    ? ["", "paths inside the folder of the version"]
    : undefined;
