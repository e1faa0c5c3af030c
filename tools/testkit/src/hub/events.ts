import type { Actor } from "./actors.ts";
import type { HubEvent, World } from "./world.ts";
import { repositoryView, userView } from "./views.ts";

const alwaysStarts = new Set(["workflow_dispatch", "repository_dispatch"]);
const parkedActions = new Set(["opened", "synchronize", "reopened"]);

export interface Occasion {
  readonly name: string;
  /** Where its runs are checked out; left out: the default branch, as for most events. */
  readonly at?: { readonly ref: string; readonly sha: string };
  readonly payload: Readonly<Record<string, unknown>>;
}

export function emit(world: World, actor: Actor, name: string, payload: Readonly<Record<string, unknown>>): void {
  emitAt(world, actor, { name, payload });
}

export function emitAt(world: World, actor: Actor, { name, at, payload }: Occasion): void {
  const main = "refs/heads/main";
  const action = typeof payload["action"] === "string" ? payload["action"] : null;
  world.events.push({
    name,
    action,
    actor: actor.login,
    outcome: outcomeOf(actor, name, action),
    ...(at ?? { ref: main, sha: world.seenRefs.get(main) ?? "" }),
    payload: { ...payload, repository: repositoryView(world), sender: userView(world, actor) },
  });
}

/** GitHub's rule against loops, with its exception for pull requests since June 2026. */
function outcomeOf(actor: Actor, name: string, action: string | null): HubEvent["outcome"] {
  if (actor.kind !== "workflow" || alwaysStarts.has(name)) return "starts";
  return name === "pull_request" && action !== null && parkedActions.has(action) ? "parked" : "nothing";
}
