import type { Profile } from "@refit/core/data";
import { canonicalJson, nextAnchor, type Json, type Lineage } from "@refit/core/history";
import type { EvaluationFile } from "@refit/core/judge";
import { modelCard } from "@refit/core/report";
import { sha256 } from "../sha256.ts";
import type { Evaluation } from "../products/evaluation.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Context } from "../products/context.ts";
import type { Snapshot } from "../products/snapshot.ts";
import type { Training } from "../products/training.ts";
import { encodeText } from "../text.ts";

export interface VersionParts {
  readonly context: Context;
  readonly snapshot: Snapshot;
  readonly prepared: Pick<Prepared, "featureSpec">;
  readonly profile: Profile;
  readonly training: Training;
  readonly evaluation: Evaluation;
}

/**
 * The files of a version, by path inside the champion folder.
 *
 * A function of input digest, parent, anchor and holdout only: no time, duration, reason, look, alpha, verdict or
 * commit enters it, so that the same inputs give the same tree id on every machine.
 */
export function assembleVersion(parts: VersionParts): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [file, bytes] of parts.training.challenger.artifact) files.set(`artifact/${file}`, bytes);
  const put = (file: string, value: unknown) => files.set(file, encodeText(`${canonicalJson(plain(value), 2)}\n`));
  put("features.json", parts.prepared.featureSpec);
  files.set("profile.json", encodeText(`${canonicalJson(plain(parts.profile))}\n`));
  put("metrics.json", metricsFile(parts.evaluation));
  put("evaluation.json", evaluationFile(parts.evaluation));
  const lineage = lineageOf(parts);
  files.set(
    "README.md",
    encodeText(
      modelCard({
        spec: parts.context.spec,
        lineage,
        evaluation: parts.evaluation,
        features: parts.prepared.featureSpec,
      }),
    ),
  );
  put("lineage.json", { ...lineage, files: digestsOf(files) });
  return files;
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

function lineageOf({ context, snapshot, training, evaluation }: VersionParts): Omit<Lineage, "files"> {
  const { champion, spec, request } = context;
  const { settings, algorithmVersion } = training.challenger;
  const { learner, ...options } = settings;
  const primary = evaluation.metrics.find((row) => row.metric === evaluation.primary);
  const parent = champion && { treeId: champion.treeId, anchor: champion.lineage.anchor };
  return {
    format: 1,
    model: request.model,
    parent: champion?.treeId ?? null,
    anchor: nextAnchor(evaluation.kind === "contract-change" ? null : parent, primary?.pSuperior ?? null),
    holdout: evaluation.holdout,
    data: { dataset: spec.data, files: [...snapshot.files] },
    digests: {
      spec: snapshot.digests.spec,
      manifest: snapshot.digests.manifest,
      code: snapshot.digests.code,
      settings: snapshot.digests.settings,
    },
    learner: { name: learner, algorithmVersion, settings: JSON.parse(JSON.stringify(options)) },
    seed: spec.seed,
    inputDigest: snapshot.digests.input,
  };
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
