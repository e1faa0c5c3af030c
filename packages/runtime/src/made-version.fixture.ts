import { createHash } from "node:crypto";
import { canonicalJson, parseFeatureSpec } from "@refit/core/history";
import type { FeatureSpec } from "@refit/core/data";
import {
  applyCalibration,
  applyFeatures,
  calibrationText,
  fillSettings,
  fitCalibration,
  readCalibration,
  withoutCalibration,
  type ArtifactFiles,
  type CalibrationMethod,
  type Column,
  type Probes,
} from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { madeInputs, madeRecords, type MadeRecord } from "./made-records.fixture.ts";

type Task = FeatureSpec["target"]["task"];
type GivenSettings = Parameters<typeof fillSettings>[1];
type LearnerName = keyof typeof learners;

interface Wanted {
  readonly learner: LearnerName;
  readonly task: Task;
  readonly settings?: GivenSettings;
  readonly calibration?: CalibrationMethod;
}

const treeSettings = { trees: 12, leaves: 7, minLeafRows: 5, minCategoryRows: 2 };
const memberOf = (learner: "gbdt" | "linear", share: number, settings: GivenSettings) => {
  const all = fillSettings(learners[learner], settings) as Readonly<Record<string, unknown>>;
  const plain = Object.entries(all).filter(([key]) => key in learners[learner].settings && !unusual.has(key));
  return { share, settings: { learner, ...Object.fromEntries(plain) } };
};
/** Settings that no blend has. */
const unusual = new Set(["objective", "quantile", "huberDelta", "monotone", "interactions", "start"]);

/** Every kind of version that the runtime opens by itself. */
export const madeKinds: Readonly<Record<string, Wanted>> = {
  "trees, binary": { learner: "gbdt", task: "binary", settings: treeSettings },
  "trees, multiclass": { learner: "gbdt", task: "multiclass", settings: treeSettings },
  "trees, regression": { learner: "gbdt", task: "regression", settings: treeSettings },
  "trees, counts": { learner: "gbdt", task: "regression", settings: { ...treeSettings, objective: "poisson" } },
  "linear, binary": { learner: "linear", task: "binary" },
  "linear, multiclass": { learner: "linear", task: "multiclass" },
  "linear, regression": { learner: "linear", task: "regression" },
  "blend, binary": { learner: "auto", task: "binary" },
  "blend, multiclass": { learner: "auto", task: "multiclass" },
  "blend, regression": { learner: "auto", task: "regression" },
  "trees by a sigmoid": { learner: "gbdt", task: "binary", settings: treeSettings, calibration: "platt" },
  "linear by steps, multiclass": { learner: "linear", task: "multiclass", calibration: "isotonic" },
};

const classesOf = { binary: [false, true], multiclass: ["a", "😀", 'c"'], regression: null } as const;

/** A version that was trained just now, and what evaluation would say of rows. */
export interface MadeVersion {
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** As in a room: columns of a table, the stored transform, the learner that trains. */
  answers(records: readonly MadeRecord[]): Promise<Float64Array>;
}

const encoder = new TextEncoder();
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export async function madeVersion({ learner, task, settings = {}, calibration }: Wanted): Promise<MadeVersion> {
  const records = madeRecords(400, 11);
  const spec = specOf(task);
  const classes = spec.target.classes?.length ?? 0;
  const features = await matrixOf(spec, records);
  const target = Float64Array.from(records, (record, i) => labelOf(record, i, classes));
  const rows = { features, target };
  const asked =
    learner === "auto"
      ? {
          ...fillSettings(learners.auto, {}),
          chosen: [memberOf("gbdt", 0.6, treeSettings), memberOf("linear", 0.4, {})],
        }
      : fillSettings(learners[learner], settings);
  const request = { task, classes, settings: asked as never, seed: 3, train: rows, validation: rows };
  const own = await learners[learner].fit(request);
  const artifact = calibration === undefined ? own : await withMaps(own, learner, calibration, { ...rows, classes });
  const answers = (of: readonly MadeRecord[]) => answersOf(learner, artifact, spec, of);
  return { files: versionOf({ learner, artifact, spec, probes: await probesOf(answers) }), answers };
}

/** What evaluation says of a few rows, as the version has it. */
async function probesOf(answers: MadeVersion["answers"]): Promise<Probes> {
  const isPlain = (record: MadeRecord) =>
    Object.values(record).every((value) => typeof value !== "number" || Number.isFinite(value));
  const rows = madeRecords(20, 99).filter(isPlain);
  const values = await answers(rows);
  const width = values.length / rows.length;
  return { format: 1, rows, answers: rows.map((_, row) => [...values.subarray(row * width, (row + 1) * width)]) };
}

async function withMaps(
  files: ArtifactFiles,
  learner: LearnerName,
  method: CalibrationMethod,
  {
    features,
    target,
    classes,
  }: { features: Awaited<ReturnType<typeof matrixOf>>; target: Float64Array; classes: number },
): Promise<ArtifactFiles> {
  const answers = (await learners[learner].load(files)).predict(features);
  const maps = fitCalibration(method, { classes, answers, target });
  return new Map([...files, ["calibration.json", encoder.encode(calibrationText({ method, maps }))]]);
}

async function answersOf(
  learner: LearnerName,
  artifact: ArtifactFiles,
  spec: FeatureSpec,
  records: readonly MadeRecord[],
): Promise<Float64Array> {
  const stored = parseFeatureSpec(featuresText(spec));
  const answers = (await learners[learner].load(withoutCalibration(artifact))).predict(await matrixOf(stored, records));
  const calibration = readCalibration(artifact);
  return calibration === null ? answers : applyCalibration(calibration.maps, answers);
}

function labelOf(record: MadeRecord, row: number, classes: number): number {
  const speed = Math.max(-300, Math.min(300, Number(record["speed"] ?? 0) || 0));
  const value = speed / 100 + (record["size"] === "Large" ? 2 : 0) + (record["night"] === true ? 1 : 0) + (row % 3);
  return classes === 0 ? Math.max(0, value) : Math.max(0, Math.min(classes - 1, Math.floor((value + 2) / 2)));
}

function specOf(task: Task): FeatureSpec {
  const levels = (input: string, list: string[]) => ({
    kind: "categorical" as const,
    name: input,
    input,
    levels: list,
  });
  return {
    format: 1,
    source: [],
    inputs: [...madeInputs],
    target: { name: "damaged", task, classes: classesOf[task] && [...classesOf[task]] },
    features: [
      levels("size", ["Small", "Medium", "Large", "__proto__"]),
      levels('über "größe"', ["Medium", "Small", "😀"]),
      { kind: "numeric", name: "speed", input: "speed" },
      { kind: "numeric", name: "__proto__", input: "__proto__" },
      levels("engines", ["0", "2", "1"]),
      levels("night", ["true"]),
      { kind: "datetimePart", name: "day.month", input: "day", part: "month" },
      { kind: "datetimePart", name: "day.dayOfWeek", input: "day", part: "dayOfWeek" },
      { kind: "datetimePart", name: "seen.hour", input: "seen", part: "hour" },
    ],
    ignored: [],
  };
}

async function matrixOf(spec: FeatureSpec, records: readonly MadeRecord[]) {
  const columns = new Map(spec.inputs.map((input) => [input.name, tableColumn(input, records)]));
  return applyFeatures(spec, async (name) => columns.get(name) ?? null, Uint32Array.from(records.keys()));
}

/** What a table has of the records, by other means than the runtime's. */
function tableColumn({ name, type }: FeatureSpec["inputs"][number], records: readonly MadeRecord[]): Column {
  const values = records.map((record) => Object.getOwnPropertyDescriptor(record, name)!.value as MadeRecord[string]);
  if (type === "string") {
    const dictionary = [...new Set(values.filter((value) => value !== null))] as string[];
    const codes = Int32Array.from(values, (value) => (value === null ? -1 : dictionary.indexOf(value as string)));
    return { kind: "text", name, type, dictionary, codes };
  }
  const numberOf = (value: MadeRecord[string]) =>
    value === null ? Number.NaN : typeof value === "string" ? instants[value]! : Number(value);
  return { kind: "number", name, type: type as "number", values: Float64Array.from(values, numberOf) };
}

/** Every date and time of the made records, as DuckDB reads it. */
const instants: Readonly<Record<string, number>> = {
  "2024-02-29": Date.UTC(2024, 1, 29),
  "1969-12-31": Date.UTC(1969, 11, 31),
  "2026-11-28": Date.UTC(2026, 10, 28),
  "0099-01-01": Date.parse("0099-01-01T00:00:00.000Z"),
  "2000-1-5": Date.UTC(2000, 0, 5),
  "2024-02-29T23:59:59.999Z": Date.UTC(2024, 1, 29, 23, 59, 59, 999),
  "1969-12-31T23:59:59.9999Z": -1,
  "2026-11-28 06:00": Date.UTC(2026, 10, 28, 6),
  "2026-11-28T06:00:00+05:30": Date.UTC(2026, 10, 28, 0, 30),
  "1970-01-01T00:00:00-00:30": 1_800_000,
  "9999-12-31T23:59:59Z": Date.UTC(9999, 11, 31, 23, 59, 59),
};

const featuresText = (spec: FeatureSpec) => `${canonicalJson(JSON.parse(JSON.stringify(spec)), 2)}\n`;

/** The files of a version with this model. */
export function versionOf({
  learner,
  artifact,
  spec,
  probes,
}: {
  readonly learner: string;
  readonly artifact: ArtifactFiles;
  readonly spec: FeatureSpec;
  readonly probes?: Probes;
}): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [file, bytes] of artifact) files.set(`artifact/${file}`, bytes);
  files.set("features.json", encoder.encode(featuresText(spec)));
  if (probes !== undefined) files.set("probes.json", encoder.encode(JSON.stringify(probes)));
  files.set("README.md", encoder.encode("# A model\n"));
  return withLineage(files, learner);
}

/** The files with a lineage that vouches for them. */
export function withLineage(
  files: ReadonlyMap<string, Uint8Array>,
  learner: string,
  model = "birdstrikes",
): ReadonlyMap<string, Uint8Array> {
  const others = [...files].filter(([file]) => file !== "lineage.json");
  const digests = others.map(([file, bytes]) => [file, { sha256: sha256(bytes), bytes: bytes.length }] as const);
  const lineage = { format: 1, model, learner: { name: learner }, files: Object.fromEntries(digests) };
  return new Map([...others, ["lineage.json", encoder.encode(JSON.stringify(lineage))]]);
}
