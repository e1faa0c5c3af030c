import { quoted, SourceRefusedError } from "@refit/core/errors";
import type { StoredColumn } from "./columns.ts";

/** Rows of one group of a file: the same rows make the same groups. */
export const rowsInGroup = 20_000;

/** Writes a file of rows, group by group. */
export interface ChunkWriter {
  /** @param rows at most `rowsInGroup`, as the database writes them. @throws SourceRefusedError */
  add(rows: readonly (readonly (string | null)[])[]): void;
  bytes(): Uint8Array;
}

/** @param path as messages name the rows. */
export async function chunkWriter(path: string, columns: readonly StoredColumn[]): Promise<ChunkWriter> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const root = { name: "root", num_children: columns.length };
  const elements = columns.map(({ name, element }) => ({ name, repetition_type: "OPTIONAL" as const, ...element }));
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: [root, ...elements], createdBy: "refit" });
  return {
    add(rows) {
      const columnData = columns.map((column, i) => ({
        name: column.name,
        data: rows.map((row) => stored(path, column, row[i] ?? null)),
      }));
      void parquet.write({ columnData, rowGroupSize: rowsInGroup });
    },
    bytes() {
      void parquet.finish();
      return writer.getBytes();
    },
  };
}

function stored(path: string, { name, value }: StoredColumn, text: string | null) {
  if (text === null) return null;
  const found = value(text);
  if (found !== undefined) return found;
  const hint =
    "Replace such values in the query: infinity, NaN of an exact number, and dates before the year 1 cannot be stored in a file.";
  throw new SourceRefusedError(path, `its column ${quoted(name)} has a value that cannot be stored`, hint);
}
