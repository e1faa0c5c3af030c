import type { Profile } from "@refit/core/data";
import { ModelTooLargeError } from "@refit/core/errors";
import {
  canonicalJson,
  championFolder,
  type InputDigests,
  type Json,
  type Lineage,
  type LineageFile,
  nextAnchor,
} from "@refit/core/history";
import { type EvaluationFile, primaryRow } from "@refit/core/judge";
import { modelCard } from "@refit/core/report";
import { decidingSettings, PROBES_FILE, type Probes } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";
import { encodeText } from "../text.ts";
import type { Evaluation } from "../products/evaluation.ts";
import type { Version } from "../products/context.ts";
import type { Challenger, Shipped } from "../products/training.ts";

export interface VersionParts {
  readonly model: string;
  /** Where it will be, from the root of the repository. */
  readonly folder: string;
  readonly spec: ModelSpec;
  /** What it was compared with; `null`: nothing. */
  readonly champion: Version | null;
  /** The data files of the model's own rows. */
  readonly files: readonly LineageFile[];
  /** Those of each further table. */
  readonly tableFiles: ReadonlyMap<string, readonly LineageFile[]>;
  readonly digests: InputDigests;
  readonly profile: Profile;
  /** Whether a row can be prepared alone. */
  readonly rowWise: boolean;
  /** What was judged. */
  readonly challenger: Challenger;
  readonly shipped: Shipped;
  /** `null`: its answers are not made here, or not with the same bits everywhere. */
  readonly probes: Probes | null;
  readonly evaluation: Evaluation;
}

/**
 * The files of a version, by path inside the champion folder.
 *
 * A function of input digest, card, parent, anchor and holdout only: no time, duration, reason, look, alpha, verdict or
 * commit enters it, so that the same inputs give the same tree id on every machine.
 */
export function assembleVersion(parts: VersionParts): ReadonlyMap<string, Uint8Array> {
  const { spec, profile, shipped, probes, evaluation, rowWise } = parts;
  const { artifact, featureSpec } = shipped;
  const { threshold } = spec.metrics;
  const features = { ...featureSpec, rowWise, ...(threshold !== undefined && { threshold }) };
  const files = new Map<string, Uint8Array>();
  for (const [file, bytes] of artifact) files.set(`artifact/${file}`, bytes);
  const put = (file: string, value: unknown) => files.set(file, encodeText(`${canonicalJson(plain(value), 2)}\n`));
  put("features.json", features);
  files.set("profile.json", encodeText(`${canonicalJson(plain(profile))}\n`));
  if (probes !== null) files.set(PROBES_FILE, encodeText(`${canonicalJson(plain(probes))}\n`));
  put("metrics.json", metricsFile(evaluation));
  put("evaluation.json", evaluationFile(evaluation));
  const lineage = lineageOf(parts);
  files.set("README.md", encodeText(modelCard({ folder: parts.folder, spec, lineage, evaluation, features, probes })));
  put("lineage.json", { ...lineage, files: digestsOf(files) });
  return files;
}

const MIB = 1024 * 1024;

interface SizedVersion {
  readonly model: string;
  /** By path in the champion folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly repository: Repository;
  readonly maxModelMiB: number;
}

/** What is kept in Git LFS does not stay in git's history, so only the rest is limited. @throws ModelTooLargeError */
export async function checkSize(
  ports: Pick<Ports, "largeFiles" | "forge">,
  { model, files, repository, maxModelMiB }: SizedVersion,
): Promise<void> {
  const folder = championFolder(model, repository);
  const paths = [...files.keys()].map((file) => `${folder}/${file}`);
  const large = await ports.largeFiles.tracked(repository, paths);
  const sizes = [...files].flatMap(([file, { byteLength }]) =>
    large.has(`${folder}/${file}`) ? [] : [byteLength / MIB],
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > maxModelMiB) {
    throw new ModelTooLargeError(model, "The new version", total, `maxModelMiB allows ${maxModelMiB}`);
  }
  const largest = Math.max(0, ...sizes);
  const { mostFileMiB, rule } = ports.forge.limits;
  if (repository.remote !== null && largest > mostFileMiB) {
    throw new ModelTooLargeError(model, "A file of the new version", largest, rule);
  }
}

/** Nested numbers only, so that `dvc metrics diff` reads it. An undefined metric is absent. */
export function metricsFile(evaluation: Evaluation): Record<string, Record<string, Json>> {
  const values = (rows: Evaluation["metrics"]) =>
    Object.fromEntries(rows.flatMap((row) => (row.challenger === undefined ? [] : [[row.metric, row.challenger]])));
  const slices = evaluation.slices.map((slice) => [`${slice.column}=${slice.value}`, values(slice.metrics)]);
  return { holdout: values(evaluation.metrics), ...(slices.length > 0 ? { slices: Object.fromEntries(slices) } : {}) };
}

function evaluationFile(evaluation: Evaluation): EvaluationFile {
  const { kind, primary, metrics, bootstrap, dummy, withoutDuplicates, slices, holdout } = evaluation;
  return { format: 1, kind, primary, rows: holdout.rows, metrics, bootstrap, dummy, withoutDuplicates, slices };
}

function lineageOf(parts: VersionParts): Omit<Lineage, "files"> {
  const { model, spec, champion, digests, evaluation, shipped } = parts;
  const { settings, algorithmVersion, reproducible, declared, start } = parts.challenger;
  const { learner, ...options } = decidingSettings(settings);
  const parent = champion && { treeId: champion.treeId, anchor: champion.lineage.anchor };
  return {
    format: 1,
    model,
    parent: champion?.treeId ?? null,
    anchor: nextAnchor(
      evaluation.kind === "contract-change" ? null : parent,
      primaryRow(evaluation)?.pSuperior ?? null,
    ),
    holdout: evaluation.holdout,
    judgedArtifact: shipped.judgedArtifact,
    trainedUntil: shipped.trainedUntil,
    ...(shipped.rows !== null && { trainedRows: shipped.rows }),
    ...(start?.kind === "warm" && { startedFrom: start.treeId }),
    ...(declared && { declared }),
    ...(spec.card && { card: spec.card }),
    data: dataOf(parts),
    digests: {
      spec: digests.spec,
      manifest: digests.manifest,
      code: digests.code,
      settings: digests.settings,
    },
    ...(!reproducible && { reproducible }),
    learner: { name: learner, algorithmVersion, settings: JSON.parse(JSON.stringify(options)) },
    seed: spec.seed,
    inputDigest: digests.input,
  };
}

function dataOf({ spec, files, tableFiles }: VersionParts): Lineage["data"] {
  const data = { dataset: spec.data, files: [...files] };
  if (tableFiles.size === 0) return data;
  return { ...data, tables: Object.fromEntries([...tableFiles].map(([name, each]) => [name, [...each]])) };
}

function digestsOf(files: ReadonlyMap<string, Uint8Array>): Lineage["files"] {
  return Object.fromEntries(
    [...files].map(([file, bytes]) => [file, { sha256: sha256(bytes), bytes: bytes.byteLength }]),
  );
}

/** Drops `undefined`, which JSON does not have. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
