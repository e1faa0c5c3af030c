import type { Diagnosis } from "../../../../ports/diagnosis.ts";
import type { BranchFacts, ForgeFacts } from "./forge-facts.ts";

/** A model whose spec can be read, and who merges its proposals. */
export interface MergingModel {
  readonly model: string;
  readonly merge: "review" | "auto";
}

/** Settings of the forge that will cause trouble. All that the token cannot read is one finding. */
export function diagnoseSettings(
  facts: ForgeFacts,
  { baseBranch, models }: { readonly baseBranch: string; readonly models: readonly MergingModel[] },
): Diagnosis[] {
  const rules = `${facts.settingsUrl}/rules`;
  return [
    ...diagnoseActions(facts),
    ...diagnoseBase(facts.base, baseBranch, rules),
    ...models.flatMap((model) => diagnoseCheck(facts, model, baseBranch, rules)),
    ...[...facts.obstructed].map(([branch, words]) => ({
      severity: "warning" as const,
      what: `Rules (${words.join(", ")}) apply to refit's own branch ${branch}, and may refuse its pushes.`,
      fix: `At ${rules} exclude \`refit-ledger\`, \`refit--*\`, \`refit-rollback--*\`, \`refit-import--*\` and \`refit-policy--*\`, or let the account that pushes bypass the rules.`,
    })),
    ...unseen(facts.unseen),
  ];
}

function diagnoseActions({ mayOpenPulls, settingsUrl, disabled }: ForgeFacts): Diagnosis[] {
  const setting = `"Allow GitHub Actions to create and approve pull requests" at ${settingsUrl}/actions`;
  const found: Diagnosis[] = [];
  if (mayOpenPulls === false) {
    found.push({
      severity: "error",
      what: "GitHub Actions is not allowed to open pull requests, so proposals stay branches.",
      fix: `Turn on ${setting}, or use a GitHub App's token.`,
    });
  }
  if (mayOpenPulls === null) {
    found.push({
      severity: "warning",
      what: "This token cannot read whether GitHub Actions may open pull requests, and none was opened yet.",
      fix: `Check by hand that ${setting} is on. It is off in every new repository.`,
    });
  }
  for (const [path, state] of disabled) {
    found.push({
      severity: "error",
      what: `${path} is turned off (${state}): nothing starts it, neither its schedule nor an event.`,
      fix: `Turn it on again: Actions → the workflow → Enable workflow, or \`gh workflow enable ${path.split("/").at(-1)}\`.`,
    });
  }
  return found;
}

function diagnoseBase(base: BranchFacts, baseBranch: string, rules: string): Diagnosis[] {
  const ruleset = `In a ruleset for ${baseBranch} at ${rules}`;
  const wanted: readonly (readonly [held: boolean | null, what: string, fix: string])[] = [
    [
      base.pullRequest,
      `${baseBranch} accepts pushes without a pull request, so a model can go live without a review.`,
      `${ruleset}, turn on "Require a pull request before merging".`,
    ],
    [
      // Only where pull requests are required at all.
      base.pullRequest === false ? null : base.codeOwnerReview,
      `${baseBranch} does not require a review by code owners.`,
      `${ruleset}, turn on "Require review from Code Owners".`,
    ],
    [
      base.pullRequest === false ? null : base.dismissesStale,
      "An approval stays valid after a later push, which may bring another model.",
      `${ruleset}, turn on "Dismiss stale pull request approvals when new commits are pushed".`,
    ],
    [
      base.refusesForce,
      `${baseBranch} accepts forced pushes, which can rewrite the history that refit reads versions from.`,
      `${ruleset}, turn on "Block force pushes".`,
    ],
  ];
  return wanted.flatMap(([held, what, fix]) => (held === false ? [{ severity: "warning" as const, what, fix }] : []));
}

function diagnoseCheck(
  { base, autoMerge, settingsUrl }: ForgeFacts,
  { model, merge }: MergingModel,
  baseBranch: string,
  rules: string,
): Diagnosis[] {
  const check = `refit / ${model}`;
  const found: Diagnosis[] = [];
  if (base.checks !== null && !base.checks.includes(check)) {
    found.push({
      severity: "warning",
      what:
        merge === "auto" && base.checks.length === 0
          ? `${model}: \`merge: auto\` never merges, because no check is required on ${baseBranch}.`
          : `${model}: the check "${check}" is not required on ${baseBranch}, so a model that failed it can be merged.`,
      fix: `In a ruleset for ${baseBranch} at ${rules}, require the status check "${check}".`,
    });
  }
  if (merge === "auto" && autoMerge === false) {
    found.push({
      severity: "warning",
      what: `${model}: \`merge: auto\` never merges, because the repository does not allow auto-merge.`,
      fix: `Turn on "Allow auto-merge" at ${settingsUrl}, or remove \`merge: auto\` from model.yaml.`,
    });
  }
  return found;
}

function unseen(what: readonly string[]): Diagnosis[] {
  if (what.length === 0) return [];
  return [
    {
      severity: "warning",
      what: `This token cannot read everything: ${what.join("; ")}.`,
      fix: "Run doctor with a token that can, or check by hand.",
    },
  ];
}
