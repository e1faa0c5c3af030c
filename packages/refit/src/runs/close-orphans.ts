import { canaryBranch, importBranch, modelOf, policyBranch, proposalBranch, specPath } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { isName } from "../versions/models.ts";
import { openProposal } from "../versions/open-proposal.ts";

const kinds = [proposalBranch, importBranch, canaryBranch, policyBranch];

/**
 * Closes proposals of single models whose `model.yaml` is gone from the base branch: nothing could judge them any more, and no run comes back to
 * them. One that a person approved or committed to is left to people and named. So is a rollback, which a person has asked for by the model's name.
 *
 * @param branches those of refit, as fetched.
 * @param models on the base branch.
 */
export async function closeOrphans(
  ports: Pick<Ports, "clock" | "forge" | "git" | "out">,
  repository: Repository,
  branches: ReadonlySet<string>,
  models: readonly string[],
): Promise<void> {
  const present = new Set(models);
  for (const branch of branches) {
    const model = modelOf(branch);
    if (present.has(model) || !isName(model)) continue;
    if (!kinds.some((branchOf) => branchOf(model) === branch)) continue;
    const spec = specPath(model, repository);
    // A model that stands in two folders, say, is not among the models, and its spec is there.
    if ((await ports.git.resolve(`${repository.baseCommit}:${spec}`)) !== null) continue;
    const open = await openProposal(ports, repository, branch);
    if (open === null) continue;
    const gone = `\`${spec}\` is gone from \`${repository.baseBranch}\``;
    if (open.heldByPerson)
      ports.out.notice(
        `${gone}, and the proposal of ${model} is approved or has a commit that is not refit's, so it was left open: ${open.url}. Close it, or bring the file back.`,
      );
    const sentence = open.heldByPerson
      ? `**The model is gone.** ${gone}, so nothing can judge this any more. It is approved, or has a commit that is not refit's, so refit leaves it to you: close it, or bring the file back.`
      : `${gone}, so nothing can judge this any more. Once it is back, the next run proposes again.`;
    const at = ports.clock.now();
    await ports.forge.ensureRemark(repository, { model, branch, sentence, closes: !open.heldByPerson, at });
  }
}
