import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Scene } from "../../e2e/support/scene.ts";
import type { MadeModel } from "./made-models.ts";
import type { Format } from "./record-files.ts";

const columnsOf = { binary: "probability_true", multiclass: "COLUMNS('^probability_')", regression: "prediction" };

/** What `refit predict` answers to a file of prepared rows, in a file of the same format, as a predictor gives it. */
export async function predictedFile(
  scene: Scene,
  { name, task }: MadeModel,
  file: string,
  format: Format,
): Promise<Float64Array> {
  const output = path.join(scene.root, `answers.${format}`);
  await scene.refit("predict", [name, path.join(scene.root, file)], { input: "prepared", output });
  const database = await DuckDBInstance.create();
  const connection = await database.connect();
  try {
    const read = { csv: "read_csv", jsonl: "read_json", parquet: "read_parquet" }[format];
    const values = `SELECT ${columnsOf[task]} FROM ${read}('${output}')`;
    const columns = (await connection.runAndReadAll(values)).getColumns() as number[][];
    return Float64Array.from(columns[0]!.flatMap((_, row) => columns.map((column) => Number(column[row]))));
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}
