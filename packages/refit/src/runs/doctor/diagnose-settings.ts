import type { Diagnosis } from "./diagnosis.ts";
import type { BranchFacts, ForgeFacts } from "../../ports/forge-facts.ts";

/** A model, as far as settings of a forge matter to it. */
export interface GuardedModel {
  readonly model: string;
  readonly merge: "review" | "auto";
}

/** What will bite in the settings of the forge. What cannot be told is no finding of its own, but said once. */
export function diagnoseSettings(
  facts: ForgeFacts,
  { baseBranch, models }: { readonly baseBranch: string; readonly models: readonly GuardedModel[] },
): Diagnosis[] {
  const rules = `${facts.settingsUrl}/rules`;
  return [
    ...diagnoseActions(facts),
    ...diagnoseBase(facts.base, baseBranch, rules),
    ...models.flatMap((model) => diagnoseCheck(facts, model, baseBranch, rules)),
    ...[...facts.obstructed].map(([branch, words]) => ({
      severity: "warning" as const,
      what: `Rules cover refit's own branch ${branch} (${words.join(", ")}), and may refuse its pushes.`,
      fix: `At ${rules} exclude \`refit-ledger\`, \`refit--*\` and \`refit-rollback--*\`, or let the account that pushes bypass the rules.`,
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
      what: "GitHub Actions is not permitted to open pull requests, so proposals stay branches.",
      fix: `Turn on ${setting}, or use a GitHub App's token.`,
    });
  }
  if (mayOpenPulls === null) {
    found.push({
      severity: "warning",
      what: "Whether GitHub Actions may open pull requests cannot be seen with this token, and none was opened yet.",
      fix: `See by hand that ${setting} is on. It is off in every new repository.`,
    });
  }
  for (const [path, state] of disabled) {
    found.push({
      severity: "error",
      what: `${path} is turned off (${state}): neither its schedule nor any event starts it.`,
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
      `${baseBranch} takes pushes without a pull request, so a model may go live unreviewed.`,
      `${ruleset}, turn on "Require a pull request before merging".`,
    ],
    [
      // Only where pull requests are required at all.
      base.pullRequest === false ? null : base.codeOwnerReview,
      `${baseBranch} does not require the review of code owners.`,
      `${ruleset}, turn on "Require review from Code Owners".`,
    ],
    [
      base.pullRequest === false ? null : base.dismissesStale,
      "An approval outlives the model that it was given for: a later push to the branch keeps it.",
      `${ruleset}, turn on "Dismiss stale pull request approvals when new commits are pushed".`,
    ],
    [
      base.refusesForce,
      `${baseBranch} takes forced pushes, and its history is the registry.`,
      `${ruleset}, turn on "Block force pushes".`,
    ],
  ];
  return wanted.flatMap(([held, what, fix]) => (held === false ? [{ severity: "warning" as const, what, fix }] : []));
}

function diagnoseCheck(
  { base, autoMerge, settingsUrl }: ForgeFacts,
  { model, merge }: GuardedModel,
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
          ? `${model}: \`merge: auto\` never merges, since no check is required on ${baseBranch}.`
          : `${model}: the check "${check}" is not required on ${baseBranch}, so what failed it can be merged.`,
      fix: `In a ruleset for ${baseBranch} at ${rules}, require the status check "${check}".`,
    });
  }
  if (merge === "auto" && autoMerge === false) {
    found.push({
      severity: "warning",
      what: `${model}: \`merge: auto\` never merges, since the repository does not allow auto-merge.`,
      fix: `Turn on "Allow auto-merge" at ${settingsUrl}, or leave \`merge: auto\` out of model.yaml.`,
    });
  }
  return found;
}

function unseen(what: readonly string[]): Diagnosis[] {
  if (what.length === 0) return [];
  return [
    {
      severity: "warning",
      what: `This token may not look at everything: ${what.join("; ")}.`,
      fix: "Run doctor with a token that may, or look by hand.",
    },
  ];
}
