import { canonicalJson, type Json } from "@refit/core/history";
import { decodeText } from "../../text.ts";
import type { DescribedVersion } from "../../versions/read-described.ts";

/**
 * The predicate (`EVALUATION_TYPE`) of an attestation whose subjects are the files of a version: how it was judged, on which rows, made from what. A
 * function of the version and its number: the same ones give the same bytes.
 */
export function evaluationPredicate({ lineage, treeId, number, files }: DescribedVersion): string {
  const { model, parent, anchor, holdout, inputDigest, digests, learner } = lineage;
  const evaluation = files.get("evaluation.json");
  const metrics = files.get("metrics.json");
  const predicate = {
    model,
    version: `v${number}`,
    treeId,
    parent,
    anchor,
    inputDigest,
    digests,
    learner: { name: learner.name, algorithmVersion: learner.algorithmVersion },
    holdout,
    metrics: read(metrics),
    evaluation: read(evaluation),
  };
  return canonicalJson(JSON.parse(JSON.stringify(predicate)) as Json, 2);
}

const read = (bytes: Uint8Array | undefined) => (bytes === undefined ? null : (JSON.parse(decodeText(bytes)) as Json));
