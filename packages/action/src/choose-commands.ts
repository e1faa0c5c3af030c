import { InputError } from "./input-error.ts";
import type { Trigger } from "./trigger.ts";

export const commandInputs = [
  "auto",
  "run",
  "plan",
  "train",
  "choose",
  "verify",
  "promote",
  "rollback",
  "status",
  "doctor",
  "dashboard",
] as const;
export type CommandInput = (typeof commandInputs)[number];
export type CommandName = Exclude<CommandInput, "auto">;

export function isCommandInput(word: string): word is CommandInput {
  return (commandInputs as readonly string[]).includes(word);
}

export interface Choice {
  /** In this order; none: there is nothing to do. */
  readonly commands: readonly CommandName[];
  /** Why, as a sentence. */
  readonly because: string;
}

/**
 * What an event asks for. Pure.
 *
 * A merge made by auto-merge or with the workflow's own token starts no workflow, and a waiting run may be dropped for a newer
 * one, so whatever comes next also promotes.
 *
 * @throws InputError for `pull_request_target`, whatever was asked for, and for events that `auto` knows nothing about.
 */
export function chooseCommands(input: CommandInput, trigger: Trigger): Choice {
  if (trigger.event === "pull_request_target") {
    throw new InputError(
      "pull_request_target gives code from forks a write token. Use `on: pull_request`: verify needs no secret.",
    );
  }
  if (input !== "auto") return { commands: [input], because: "The workflow sets the command." };

  switch (trigger.event) {
    case "schedule":
    case "workflow_dispatch":
    case "repository_dispatch":
      return { commands: ["promote", "run"], because: `Started by ${trigger.event}.` };
    case "push":
      return onPush(trigger);
    case "pull_request":
    // A review may be the approval that the check of a version waits for.
    case "pull_request_review":
      return onPullRequest(trigger);
    case "issues":
      return { commands: ["dashboard"], because: "An issue was edited." };
    case "merge_group":
      return { commands: ["verify"], because: "The merge queue asks for it." };
    default:
      throw new InputError(
        `\`command: auto\` does not know what to do on ${JSON.stringify(trigger.event)}; name the command.`,
      );
  }
}

const champion = /^models\/.+\/champion\//;

function onPush({ ref, baseBranch, changed }: Trigger): Choice {
  if (baseBranch !== null && ref !== `refs/heads/${baseBranch}`) {
    return { commands: [], because: `The push went to ${ref}, and only ${baseBranch} says what is live.` };
  }
  if (changed === null) {
    return { commands: ["promote", "run"], because: "This clone does not show what the push changed." };
  }
  const promoted = changed.some((path) => champion.test(path));
  const other = changed.some((path) => !champion.test(path));
  if (promoted && other)
    return { commands: ["promote", "run"], because: "The push changed a champion and other files." };
  if (promoted) return { commands: ["promote"], because: "The push changed a champion." };
  // A concurrency group keeps one waiting run: this one may have taken the place of one that was to promote.
  return { commands: ["promote", "run"], because: "The push did not change a champion." };
}

function onPullRequest({ action, baseBranch, pullRequest }: Trigger): Choice {
  if (pullRequest !== null && baseBranch !== null && pullRequest.base !== baseBranch) {
    return { commands: [], because: `The pull request is not for ${baseBranch}, which says what is live.` };
  }
  if (action !== "closed") return { commands: ["verify"], because: "A pull request changed." };
  return pullRequest?.merged === true
    ? { commands: ["promote"], because: "The pull request was merged." }
    : { commands: [], because: "The pull request was closed; the next run records it." };
}
