import { randomUUID } from "node:crypto";
import path from "node:path";
import type { FileColumnRule } from "@refit/core/spec";
import type { FetchedFile } from "../../../../ports/sources.ts";
import type { Repository } from "../../../../ports/repository.ts";
import { openSealedJson, sealJson } from "../../../../sealed-json.ts";
import { sha256 } from "../../../../sha256.ts";
import { decodeText, encodeText } from "../../../../text.ts";
import { diskFiles } from "../../../disk/files.ts";
import { openScratch } from "../../../disk/scratch.ts";
import { plainTexts, type PathTexts } from "./plain-texts.ts";

/** What was read out of a data file with these bytes before; `null`: nothing on this machine. */
export async function recallTexts(
  repository: Repository,
  own: string,
  columns: readonly FileColumnRule[],
): Promise<PathTexts | null> {
  const bytes = await diskFiles.read(placeOf(repository, own, columns)).catch(() => null);
  return bytes === null ? null : ((openSealedJson(decodeText(bytes))?.value as PathTexts | undefined) ?? null);
}

/** Reads the columns alone, and keeps what it finds. @param file with the digest of its own bytes. */
export async function readTexts(
  repository: Repository,
  file: FetchedFile,
  columns: readonly FileColumnRule[],
): Promise<PathTexts> {
  const raws = columns.map(({ raw }) => raw);
  const texts = (await plainTexts(file, raws)) ?? (await textsByDuckDb(repository, file, raws));
  const place = placeOf(repository, file.sha256, columns);
  await diskFiles.write(place, encodeText(sealJson(texts)), { lasting: false }).catch(() => {});
  return texts;
}

async function textsByDuckDb(repository: Repository, file: FetchedFile, raws: readonly string[]): Promise<PathTexts> {
  const { textsOfColumns } = await import("../../../duckdb/row-texts.ts");
  const scratch = await openScratch(repository.commonDir);
  try {
    return await textsOfColumns(file, raws, path.join(scratch.path, randomUUID()));
  } finally {
    await scratch.remove();
  }
}

function placeOf({ commonDir }: Repository, own: string, columns: readonly FileColumnRule[]): string {
  const name = sha256(JSON.stringify([1, own, columns.map(({ raw }) => raw)]));
  return path.join(commonDir, "refit", "cache", "paths", name);
}
