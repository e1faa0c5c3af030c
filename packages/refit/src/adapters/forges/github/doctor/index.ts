import { canaryBranch, importBranch, policyBranch, rollbackBranch } from "@refit/core/history";
import type { ForgeSettings } from "../../../../ports/forge.ts";
import type { Git } from "../../../../ports/git.ts";
import type { Client } from "../client.ts";
import type { IsOurs } from "../own-author.ts";
import { startingWorkflows } from "./diagnose-files.ts";
import { answersQueue } from "./diagnose-workflows.ts";
import { diagnoseSettings } from "./diagnose-settings.ts";
import { readFacts } from "./settings-facts.ts";

/** What `doctor` asks of the repository's settings, as far as the token may read them. */
export function settingsDoctor(client: Client, isOurs: IsOurs, git: Git): ForgeSettings {
  return {
    async diagnose(repository, models) {
      const branches = models.flatMap(({ model, branch }) => [
        branch,
        rollbackBranch(model),
        importBranch(model),
        canaryBranch(model),
        policyBranch(model),
      ]);
      const workflows = await startingWorkflows(git, repository);
      const facts = await readFacts(client, isOurs, {
        baseBranch: repository.baseBranch,
        branches: [...new Set(["refit-ledger", ...branches])],
        workflows: [...workflows.keys()],
      });
      const guarded = models.flatMap(({ model, merge }) => (merge === null ? [] : [{ model, merge }]));
      return diagnoseSettings(facts, {
        baseBranch: repository.baseBranch,
        models: guarded,
        answersQueue: [...workflows.values()].some(answersQueue),
      });
    },
  };
}
