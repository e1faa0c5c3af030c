import type { Lineage } from "@refit/core/history";
import { sha256 } from "../../src/sha256.ts";
import { bytes } from "./world.ts";

const zeros = "0".repeat(64);

/** The files of a valid version, by path from the repository's root; different `content`, different version. */
export function versionFiles(content: string, parent: string | null = null): Map<string, Uint8Array> {
  const files = new Map([
    ["artifact/model.json", `{"weights":"${content}"}`],
    ["features.json", "{}"],
    ["metrics.json", JSON.stringify({ holdout: { rocAuc: content.length / 100 } })],
  ]);
  const lineage: Lineage = {
    format: 1,
    model: "churn",
    files: Object.fromEntries(
      [...files].map(([file, text]) => [file, { sha256: sha256(text), bytes: bytes(text).length }]),
    ),
    parent,
    anchor: null,
    holdout: { kind: "hash", from: null, to: null, fraction: 0.2, rows: 100, digest: zeros, trainedUntil: null },
    data: { dataset: "churn", files: [] },
    digests: { spec: zeros, manifest: zeros, code: null, settings: zeros },
    learner: { name: "linear", algorithmVersion: 1, settings: {} },
    seed: 7,
    inputDigest: sha256(content),
  };
  files.set("lineage.json", JSON.stringify(lineage));
  return new Map([...files].map(([file, text]) => [`models/churn/champion/${file}`, bytes(text)]));
}
