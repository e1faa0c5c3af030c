import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Lineage } from "@refit/core/history";
import { toOnnx } from "@refit/tabular/onnx";
import { temporaryFolder } from "@refit/testkit";
import { runtimeFolder } from "@refit/testkit/onnx";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";
import { exportedGraph, type ReadVersion } from "../../src/runs/export/exported-graph.ts";
import { mlflowFiles } from "../../src/runs/export/mlflow-files.ts";
import { exportPackages } from "./support/packages.ts";
import { trainedKinds, type Kind } from "./support/kinds.ts";
import { inputs, matrixOf, someColumns, valuesFor } from "./support/records.ts";

/** `npm run corpus -- export` asks for more. */
const asked = process.env["CORPUS_RECORDS"];
const rows = Number(asked ?? 2000);
const timeout = asked === undefined ? 180_000 : 3_600_000;
const seed = Number(process.env["CORPUS_SEED"] ?? 1);
const folder = await runtimeFolder();
const tool = await pythonTool("export", exportPackages);

const columns = someColumns(rows, seed);
const kinds = await trainedKinds();
const answers = await Promise.all(kinds.map(async (kind) => kind.answers(await matrixOf(kind.spec, columns, rows))));
const columnOf = (name: string) => columns.find((column) => column.name === name)!;

/** As `refit export` reads it, as far as graphs look at it. */
function versionOf({ learner, spec, artifact }: Kind): ReadVersion {
  const lineage = { model: "made-up", learner: { name: learner, settings: {} } } as unknown as Lineage;
  return { treeId: "0".repeat(40), lineage, features: spec, artifact };
}

interface Runtime {
  readonly Tensor: new (type: string, values: unknown, dims: readonly number[]) => unknown;
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: object): Promise<Session>;
  };
  readonly env: { readonly wasm: { numThreads: number } };
}
interface Session {
  run(feeds: object): Promise<Record<string, { readonly data: Float64Array }>>;
  release(): Promise<void>;
}

const elements = { double: "float64", int64: "int64", string: "string" } as const;

async function inNode(kind: Kind): Promise<Float64Array> {
  const ort = createRequire(path.join(folder!, "package.json"))("onnxruntime-web") as Runtime;
  ort.env.wasm.numThreads = 1;
  const { learner, artifact, spec } = kind;
  const onnx = toOnnx({ learner, artifact, features: spec, calledWith: "arrays", metadata: {} });
  const session = await ort.InferenceSession.create(onnx.bytes, { executionProviders: ["wasm"] });
  const feeds = Object.fromEntries(
    onnx.inputs.map((input) => {
      return [input.name, new ort.Tensor(elements[input.takes], valuesFor(input, columnOf(input.name)), [rows])];
    }),
  );
  const given = await session.run(feeds);
  await session.release();
  return given[onnx.outputs[0]!.name]!.data;
}

interface Compared {
  /** Answers that are another number. */
  readonly differing: number;
  /** Steps of a 64-bit float between the two that are farthest apart. */
  readonly steps: number;
}

/** Of each kind, by its name; all in one process, which takes seconds to start. */
async function inPython(): Promise<Record<string, Record<"onnxruntime" | "mlflow", Compared>>> {
  const place = await temporaryFolder();
  const all = kinds.map((kind) => ({ kind, version: versionOf(kind) }));
  const graphs = all.map(({ version }) => exportedGraph(version, "onnx"));
  const known = new Map(graphs.flatMap(({ signature }) => signature!.inputs.map((input) => [input.name, input])));
  const written = inputs.map(({ name }, i) => ({ name, file: `input-${i}`, takes: known.get(name)!.takes }));
  for (const { name, file } of written) {
    const values = valuesFor(known.get(name)!, columnOf(name));
    await writeFile(path.join(place, file), Array.isArray(values) ? JSON.stringify(values) : values);
  }
  for (const [i, { version }] of all.entries()) {
    await writeFile(path.join(place, `${i}.onnx`), graphs[i]!.bytes);
    await writeFile(path.join(place, `${i}.ours`), answers[i]!);
    const mlflow = exportedGraph(version, "mlflow");
    await mkdir(path.join(place, `${i}`));
    for (const [file, bytes] of [...mlflowFiles(version, mlflow), ["model.onnx", mlflow.bytes] as const]) {
      await writeFile(path.join(place, `${i}`, file), bytes);
    }
  }
  const names = kinds.map(({ name, spec }) => [name, spec.inputs.map((input) => input.name)]);
  await writeFile(path.join(place, "about.json"), JSON.stringify({ inputs: written, kinds: names }));
  const script = fileURLToPath(new URL("answers.py", import.meta.url));
  const { stdout } = await promisify(execFile)(tool.python!, [script, place], { maxBuffer: 1e8 });
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

const same = { differing: 0, steps: 0 };

describe.skipIf(folder === null)("the graph of a model, in ONNX Runtime in Node", () => {
  it.each(kinds.map(({ name }, i) => [name, i] as const))(
    "%s: our answers to the bit",
    { timeout },
    async (_name, i) => {
      const theirs = await inNode(kinds[i]!);

      expect(theirs).toHaveLength(answers[i]!.length);
      expect(answers[i]!.filter((answer, place) => answer !== theirs[place])).toHaveLength(0);
    },
  );
});

const why = tool.python === null ? ` (SKIPPED: ${tool.missing})` : "";
describe.skipIf(tool.python === null)(`the graphs of all models, in Python${why}`, () => {
  it("pass the checker, and give our answers to the bit, also through MLflow", { timeout }, async () => {
    const found = await inPython();
    if (asked !== undefined) process.stdout.write(`${JSON.stringify({ rows, seed, found })}\n`);

    expect(found).toEqual(Object.fromEntries(kinds.map(({ name }) => [name, { onnxruntime: same, mlflow: same }])));
  });
});
