import type { FeatureSpec } from "@refit/core/data";
import { ArtifactInvalidError } from "@refit/core/errors";
import { parseFeatureSpec, type Lineage } from "@refit/core/history";
import type { Repository } from "../ports/repository.ts";
import { decodeText } from "../text.ts";
import { readLineage } from "./read-lineage.ts";
import { readWhole, type ReadWholePorts, type WholeVersion } from "./read-whole.ts";

/** A version with what it says of itself. */
export interface DescribedVersion extends WholeVersion {
  readonly lineage: Lineage;
  readonly features: FeatureSpec;
}

/**
 * @param wanted as `findVersion` takes it.
 * @throws as `readWhole`; ArtifactInvalidError where a file is missing that says what the version is
 */
export async function readDescribed(
  ports: ReadWholePorts,
  repository: Repository,
  model: string,
  wanted: string | undefined,
): Promise<DescribedVersion> {
  const version = await readWhole(ports, repository, model, wanted);
  const lineage = await readLineage(ports, repository, `${version.treeId}:lineage.json`);
  const features = version.files.get("features.json");
  if (lineage === null || features === undefined) {
    throw new ArtifactInvalidError(lineage === null ? "lineage.json" : "features.json", "", "what refit writes");
  }
  return { ...version, lineage, features: parseFeatureSpec(decodeText(features)) };
}
