import type { FeatureSpec } from "@refit/core/data";
import { canaryFolder, championFolder, type ModelHistory } from "@refit/core/history";
import { answersNewRows } from "@refit/core/runtime";
import type { ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { replayedVersion, type ReplayedVersion } from "../../scoring/replay-rows.ts";
import { loadModel, readStored } from "../../scoring/scored-version.ts";
import { findVersion } from "../../versions/find-version.ts";
import { openProposal } from "../../versions/open-proposal.ts";
import { checkWhole } from "../../versions/tree-facts.ts";
import { openBranchOf } from "../proposal-groups.ts";

type ShadowedPorts = Pick<Ports, "files" | "forge" | "git" | "largeFiles" | "learners">;

/** A version by its content. */
export interface ShadowSide {
  /** Such as `v3`, or `proposal`. */
  readonly label: string;
  readonly treeId: string;
}

/** What is replayed beside the champion. */
export interface FoundChallenger extends ShadowSide {
  /** Where it is proposed; `null`: nowhere. */
  readonly proposal: { readonly branch: string; readonly head: string } | null;
}

interface WantedChallenger {
  readonly model: string;
  readonly history: ModelHistory;
  /** `v3` or a tree id; `undefined`: that of the open proposal. */
  readonly wanted: string | undefined;
}

/** @returns `null`: there is no open proposal that brings a version. @throws VersionUnknownError */
export async function findChallenger(
  ports: ShadowedPorts,
  repository: Repository,
  { model, history, wanted }: WantedChallenger,
): Promise<FoundChallenger | null> {
  if (wanted !== undefined) {
    const { number, treeId } = findVersion(model, history, wanted);
    return { label: `v${number}`, treeId, proposal: null };
  }
  const branch = await openBranchOf(ports, repository, model);
  const open = await openProposal(ports, repository, branch);
  if (open === null) return null;
  // A version that starts as a canary is proposed beside the champion.
  for (const folder of [championFolder(model, repository), canaryFolder(model, repository)]) {
    const treeId = await ports.git.resolve(`${open.head}:${folder}`);
    const isNew = treeId !== null && treeId !== (await ports.git.resolve(`${repository.baseCommit}:${folder}`));
    if (isNew) return { label: "proposal", treeId, proposal: { branch, head: open.head } };
  }
  return null;
}

/** A version that answers. */
export interface ShadowedVersion extends ShadowSide, ReplayedVersion {
  readonly features: FeatureSpec;
  /** Binary: the probability from which it decides for the positive class. */
  readonly threshold: number;
  /** Whether it answers in this process, so that its time is its own. */
  readonly answersAtOnce: boolean;
}

/** Opens a version, all of whose files have the digests of its lineage. @returns a sentence: why it cannot be replayed. */
export async function openShadowed(
  ports: ShadowedPorts,
  { repository, spec }: { readonly repository: Repository; readonly spec: ModelSpec },
  { label, treeId }: ShadowSide,
): Promise<ShadowedVersion | string> {
  const broken = await checkWhole(ports, repository, treeId, await ports.git.list(treeId));
  const stored = broken === null ? await readStored(ports, repository, { treeId }) : null;
  if (stored === null) return `The folder of ${label} is damaged${broken === null ? "" : ` (${broken})`}.`;
  const { spec: features, lineage } = stored;
  const { name } = lineage.learner;
  if (!answersNewRows(name)) return `${label} is a list of imported predictions, which has none for logged rows.`;
  if (features.inputs.some(({ type }) => type === "file"))
    return `${label} reads files that rows name, which a log does not have.`;
  const { predictor } = await loadModel(ports, { repository, spec }, { treeId, lineage });
  return {
    label,
    treeId,
    features,
    ...replayedVersion(features, predictor),
    threshold: features.threshold ?? spec.metrics.threshold ?? 0.5,
    answersAtOnce: (await ports.learners.get(name)).answersAtOnce === true,
  };
}
