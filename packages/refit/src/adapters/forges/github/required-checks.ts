import { ForgePermissionError } from "@refit/core/errors";
import { cell } from "@refit/core/report";
import { nameProblem } from "@refit/core/spec";
import { checkName, type Checks } from "./check.ts";
import type { Client } from "./client.ts";

const reading = { permission: "contents: read", what: "read which checks are required" } as const;

/** Names of the checks without which nothing is merged into a branch, by a ruleset or by the older branch protection. */
export async function readRequiredChecks({ rest, here, paginate }: Client, branch: string): Promise<readonly string[]> {
  const { data } = await rest.repos.getBranch({ ...here, branch });
  if (!data.protected) return [];
  const rules = await paginate(rest.repos.getBranchRules, { ...here, branch, per_page: 100 });
  const byRules = rules.flatMap((rule) =>
    rule.type === "required_status_checks" ? (rule.parameters?.required_status_checks ?? []) : [],
  );
  const { enforcement_level: level, contexts } = data.protection?.required_status_checks ?? {};
  return [...byRules.map(({ context }) => context), ...(level === "off" ? [] : (contexts ?? []))];
}

/** Models whose check is required on a branch. */
export type RequiredModels = (branch: string) => Promise<readonly string[]>;

/** Asks once for each branch. A token that may not look is told of, and answers for no other model then. */
export function requiredModels(client: Client): RequiredModels {
  const asked = new Map<string, readonly string[]>();
  return async (branch) => {
    const known = asked.get(branch);
    if (known !== undefined) return known;
    const models = await client
      .ask(reading, () => readRequiredChecks(client, branch))
      .then(
        (names) => [...new Set(names.flatMap(modelOfCheck))],
        (error: unknown) => {
          if (!(error instanceof ForgePermissionError)) throw error;
          client.notice(`Required checks of other models are not answered: ${error.message}`);
          return [];
        },
      );
    asked.set(branch, models);
    return models;
  };
}

function modelOfCheck(name: string): string[] {
  const [, model] = /^refit \/ (.+)$/s.exec(name) ?? [];
  return model !== undefined && nameProblem(model) === null && checkName(model) === name ? [model] : [];
}

/**
 * Answers the required checks of models that a proposal does not touch. Nobody else does where the default token has opened
 * it: workflows of such a pull request wait for a person. refit has made the branch from the base branch and the versions of its own models.
 *
 * @returns whether something was written.
 */
export async function answerForOthers(
  checks: Checks,
  { models, head }: { readonly models: readonly string[]; readonly head: string },
  required: readonly string[],
): Promise<boolean> {
  let isChanged = false;
  for (const other of required) {
    if (models.includes(other)) continue;
    const isWritten = await checks.ensure({
      model: other,
      head,
      inputDigest: null,
      conclusion: "success",
      title: "Nothing to judge here: the champion is not changed",
      summary: `**${cell(other)}**: Nothing to judge here. This proposal changes ${models.map(cell).join(", ")} only.`,
    });
    isChanged ||= isWritten;
  }
  return isChanged;
}
