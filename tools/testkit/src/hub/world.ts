import type { Actor } from "./actors.ts";
import type { BareGit } from "./bare-git.ts";
import type { Rows } from "./rows.ts";
import type { Settings } from "./settings.ts";

/**
 * Something workflows could listen to. `payload` is what `GITHUB_EVENT_PATH` would hold.
 *
 * `starts`: workflows run. `nothing`: made with a workflow's token, which starts none. `parked`: a run that
 * waits until a person approves it.
 */
export interface HubEvent {
  readonly name: string;
  readonly action: string | null;
  readonly actor: string;
  readonly outcome: "starts" | "nothing" | "parked";
  /** As `GITHUB_REF` and `GITHUB_SHA` of the run. */
  readonly ref: string;
  readonly sha: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Everything behind the routes of one hub. */
export interface World {
  readonly url: string;
  readonly owner: string;
  readonly name: string;
  readonly git: BareGit;
  readonly rows: Rows;
  readonly events: HubEvent[];
  /** Refs as last seen, so that a change made by any means is noticed once. */
  readonly seenRefs: Map<string, string>;
  /** Who is pushing what, `<ref> <new id>`. */
  readonly pushers: Map<string, Actor>;
  readonly actors: Map<string, Actor>;
  readonly person: Actor;
  settings: Settings;
  /** Epoch milliseconds. */
  now(): number;
  nextId(): number;
}

export function timestamp(world: World): string {
  return new Date(world.now()).toISOString().replace(/\.\d+Z$/, "Z");
}

export function repositoryApi(world: World): string {
  return `${world.url}/api/v3/repos/${world.owner}/${world.name}`;
}

export function repositoryPage(world: World): string {
  return `${world.url}/${world.owner}/${world.name}`;
}
