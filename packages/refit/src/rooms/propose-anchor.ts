import type { Verdict } from "@refit/core/judge";
import { championFolder, rollbackBranch } from "@refit/core/history";
import { checkWhole } from "../versions/tree-facts.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import { proposeRollback } from "./propose-rollback.ts";

type ProposeAnchorPorts = Parameters<typeof proposeRollback>[0] & Pick<Ports, "files" | "largeFiles" | "out">;

/**
 * Where the version that was last proved better scores best, proposes to go back to it: once, since a person who closes that
 * proposal has answered.
 */
export async function proposeAnchor(
  ports: ProposeAnchorPorts,
  { champion, history, repository, request, spec }: Context,
  { because }: Pick<Verdict, "because">,
): Promise<void> {
  if (request.dryRun || !because.some(({ kind }) => kind === "anchor-best")) return;
  const { model } = request;
  const anchor = history.versions.find(({ treeId }) => treeId === champion?.lineage.anchor);
  if (anchor === undefined || anchor.broken !== null || anchor.newerFormat !== null) return;
  const earlier = await ports.forge.proposal(repository, rollbackBranch(model));
  const proposed = earlier && (await ports.git.resolve(`${earlier.head}:${championFolder(model, repository)}`));
  if (earlier !== null && earlier.declinedAt !== null && proposed === anchor.treeId) return;
  if ((await checkWhole(ports, repository, anchor.treeId, await ports.git.list(anchor.treeId))) !== null) return;
  const { reviewers } = spec;
  const { url } = await proposeRollback(ports, repository, { model, from: history.champion, to: anchor, reviewers });
  ports.out.notice(
    `v${anchor.number} of ${model}, which was last proved better, scores best: a rollback to it is proposed at ${url}`,
  );
}
