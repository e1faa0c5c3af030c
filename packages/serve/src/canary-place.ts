import type { VersionReader } from "@refit/runtime";
import type { FoundCanary } from "./follow-canary.ts";
import { versionByLineage, type FoundVersion } from "./followed-version.ts";
import { rolloutPercent } from "./rollout-percent.ts";

/** Where a canary stands, and what says who gets it. */
export interface CanaryPlace {
  readonly folder: string;
  readonly rollout: string;
}

/** @param folder without a slash at the end; `null`: a folder of another name than `champion` has nothing beside it */
export function canaryPlace(folder: string): CanaryPlace | null {
  const [, above] = /^(.*[/\\]|)champion$/.exec(folder) ?? [];
  return above === undefined ? null : { folder: `${above}canary`, rollout: `${above}rollout.yaml` };
}

/** @param text of its `rollout.yaml`; where that cannot be read, the canary answers nobody */
export async function foundCanary(version: FoundVersion, text: () => Promise<string>): Promise<FoundCanary> {
  try {
    const percent = rolloutPercent(await text());
    if (percent !== null) return { ...version, percent };
    const problem = "rollout.yaml does not have one `percent` from 0 to 99, and one key a line: it counts as 0.";
    return { ...version, percent: 0, problem };
  } catch (error) {
    return { ...version, percent: 0, problem: `rollout.yaml cannot be read, so percent counts as 0: ${String(error)}` };
  }
}

/** Where only files can be read. It never throws: what stands in the way of a canary is no business of its champion. @param read files of the canary's folder */
export async function canaryOfFiles(read: VersionReader): Promise<FoundCanary | null> {
  try {
    const rollout = await read("../rollout.yaml");
    const lineage = rollout ? await read("lineage.json") : null;
    if (!rollout || !lineage) return null;
    return await foundCanary(versionByLineage(lineage, read), async () => new TextDecoder().decode(rollout));
  } catch (error) {
    const fail = () => {
      throw error;
    };
    return { id: "", read: fail, percent: 0 };
  }
}
