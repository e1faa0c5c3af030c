import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FeatureSpec } from "@refit/core/data";
import { applyFeatures, type Column } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { toOnnx } from "@refit/tabular/onnx";
import { mlflowFiles } from "../../../../packages/refit/src/runs/export/mlflow-files.ts";
import { exportedGraph, type ReadVersion } from "../../../../packages/refit/src/runs/export/exported-graph.ts";
import { versionOf } from "../../../../packages/runtime/src/made-version.fixture.ts";
import { lehmer } from "../random.ts";
import { standardTrees } from "../standard-trees.ts";

const NUMBERS = 15;
const TEXTS = 5;
const LEVELS = 60;
const LEARNED = 20_000;

const inputs: FeatureSpec["inputs"] = [
  ...Array.from({ length: NUMBERS }, (_, i) => ({ name: `number_${i}`, type: "number" as const })),
  ...Array.from({ length: TEXTS }, (_, i) => ({ name: `text_${i}`, type: "string" as const })),
];
const levels = Array.from({ length: LEVELS }, (_, i) => `level ${i}`);

/** 100 trees of 31 leaves that answer a binary question from 20 columns. */
const spec: FeatureSpec = {
  format: 1,
  source: inputs,
  inputs,
  target: { name: "answer", task: "binary", classes: ["no", "yes"] },
  features: inputs.map(({ name, type }) =>
    type === "number"
      ? { kind: "numeric" as const, name, input: name }
      : { kind: "categorical" as const, name, input: name, levels },
  ),
  ignored: [],
};

export type Cell = string | number | null;
export type MadeRow = Readonly<Record<string, Cell>>;

/** Made-up rows, 2 % of the numbers missing; the same for a seed. */
export function madeRows(count: number, seed: number): MadeRow[] {
  const random = lehmer(seed);
  const cell = (type: string): Cell => {
    if (type === "string") return levels[Math.floor(LEVELS * random() * random())]!;
    const value = Math.fround(random());
    return random() < 0.02 ? null : value;
  };
  return Array.from({ length: count }, () => Object.fromEntries(inputs.map(({ name, type }) => [name, cell(type)])));
}

function columnOf(name: string, rows: readonly MadeRow[]): Column {
  const values = rows.map((row) => row[name]!);
  const { type } = inputs.find((input) => input.name === name)!;
  if (type === "number")
    return { kind: "number", name, type, values: Float64Array.from(values, (v) => Number(v ?? NaN)) };
  const codes = Int32Array.from(values, (value) => levels.indexOf(String(value)));
  return { kind: "text", name, type: "string", dictionary: levels, codes };
}

/** Writes the same model as a version (`champion`), as ONNX (`model.onnx`), and as MLflow loads it (`mlflow`). */
export async function writeModel(folder: string): Promise<void> {
  const rows = madeRows(LEARNED, 1);
  const features = await applyFeatures(spec, async (name) => columnOf(name, rows), Uint32Array.from(rows.keys()));
  const noise = lehmer(2);
  const target = Float64Array.from(rows, (row) => {
    const [a, b] = [Number(row["number_0"] ?? 0), Number(row["number_1"] ?? 0)];
    return Number(a * b + (levels.indexOf(String(row["text_0"])) % 3) / 4 + noise() > 1);
  });
  const train = { features, target };
  const request = { task: "binary", classes: 2, settings: standardTrees, seed: 7, train, validation: train } as const;
  const artifact = await learners.gbdt.fit(request);
  const write = (name: string, bytes: Uint8Array) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  };
  for (const [name, bytes] of versionOf({ learner: "gbdt", artifact, spec })) write(`champion/${name}`, bytes);
  write("model.onnx", toOnnx({ learner: "gbdt", artifact, features: spec, calledWith: "arrays", metadata: {} }).bytes);
  const lineage = { model: "made-up", learner: { name: "gbdt", settings: {} } } as unknown as ReadVersion["lineage"];
  const version = { treeId: "0".repeat(40), lineage, features: spec, artifact };
  const graph = exportedGraph(version, "mlflow");
  for (const [name, bytes] of [...mlflowFiles(version, graph), ["model.onnx", graph.bytes] as const]) {
    write(`mlflow/${name}`, bytes);
  }
}

/** The rows as each server reads them. */
export const bodies = {
  records: (rows: readonly MadeRow[]) => ({ records: rows }),
  columns: (rows: readonly MadeRow[]) => ({ columns: byColumn(rows) }),
  dataframe_records: (rows: readonly MadeRow[]) => ({ dataframe_records: rows }),
  dataframe_split: (rows: readonly MadeRow[]) => ({
    dataframe_split: { columns: inputs.map(({ name }) => name), data: rows.map((row) => Object.values(row)) },
  }),
  csv: (rows: readonly MadeRow[]) =>
    [inputs.map(({ name }) => name), ...rows.map((row) => Object.values(row).map((cell) => cell ?? ""))]
      .map((cells) => cells.join(","))
      .join("\n"),
  tensors: (rows: readonly MadeRow[]) => ({
    inputs: inputs.map(({ name, type }) => ({
      name,
      datatype: type === "number" ? "FP64" : "BYTES",
      shape: [rows.length],
      data: rows.map((row) => row[name]),
    })),
  }),
} as const;

const byColumn = (rows: readonly MadeRow[]) =>
  Object.fromEntries(inputs.map(({ name }) => [name, rows.map((row) => row[name])]));

/** Tensors as bytes: JSON, and what follows it. */
export function binaryTensors(rows: readonly MadeRow[]): { readonly body: Buffer; readonly headerLength: number } {
  const parts = inputs.map(({ name, type }) => {
    if (type === "number") return Buffer.from(Float64Array.from(rows, (row) => Number(row[name] ?? NaN)).buffer);
    const texts = rows.map((row) => Buffer.from(String(row[name])));
    return Buffer.concat(texts.flatMap((text) => [Buffer.from(Uint32Array.of(text.length).buffer), text]));
  });
  const tensors = inputs.map(({ name, type }, i) => ({
    name,
    datatype: type === "number" ? "FP64" : "BYTES",
    shape: [rows.length],
    parameters: { binary_data_size: parts[i]!.length },
  }));
  const header = Buffer.from(JSON.stringify({ inputs: tensors, parameters: { binary_data_output: true } }));
  return { body: Buffer.concat([header, ...parts]), headerLength: header.length };
}
