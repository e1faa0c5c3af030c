import { BacktestTimeError } from "@refit/core/errors";
import type { DataManifest } from "@refit/core/spec";
import type { FetchedFile } from "../../ports/sources.ts";
import { instantReader, type ReadInstant } from "./read-instant.ts";

/** Where the time stands in a source. */
export interface TimeColumn {
  /** Its name in the file. */
  readonly name: string;
  readonly read: ReadInstant;
}

/** @throws BacktestTimeError */
export function timeColumn({ path }: FetchedFile, { schema }: DataManifest, time: string): TimeColumn {
  const field = schema.fields.find(({ name }) => name === time);
  const read = instantReader(field?.format ?? null);
  if (read === null) throw new BacktestTimeError(time, path, `its format ${field!.format} cannot be read here`);
  return { name: field?.from ?? time, read };
}
