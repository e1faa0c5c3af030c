import { Refusal } from "./reply.ts";

export type Area =
  | "actions"
  | "administration"
  | "checks"
  | "contents"
  | "deployments"
  | "issues"
  | "metadata"
  | "pull_requests"
  | "statuses"
  | "workflows";

export type Level = "none" | "read" | "write";
export type Permissions = Readonly<Partial<Record<Area, Level>>>;

/** Whoever holds a token. `workflow`: the token of a job; `app`: of another GitHub App; `pat`: of a person. */
export interface Actor {
  readonly login: string;
  readonly id: number;
  readonly kind: "workflow" | "app" | "pat";
  permissions: Permissions;
}

/** Any one of the pairs is enough. */
export type Need = readonly (readonly [area: Area, level: "read" | "write"])[];

const areas: readonly Area[] = [
  "actions",
  "administration",
  "checks",
  "contents",
  "deployments",
  "issues",
  "metadata",
  "pull_requests",
  "statuses",
  "workflows",
];

export function everywhere(level: Level): Permissions {
  return Object.fromEntries(areas.map((area) => [area, level]));
}

/** What a job gets when its workflow asks for write access to all that can be asked for. */
export const workflowPermissions: Permissions = { ...everywhere("write"), administration: "none", workflows: "none" };

/** What a run gets that a fork's pull request started. */
export const readPermissions: Permissions = { ...everywhere("read"), administration: "none", workflows: "none" };

export function allows(actor: Actor, need: Need): boolean {
  return need.some(([area, level]) => {
    const held = area === "metadata" ? "read" : (actor.permissions[area] ?? "none");
    return held === "write" || held === level;
  });
}

/** @throws Refusal as GitHub answers when the token may not do this. */
export function demand(actor: Actor | null, need: Need, isPrivate: boolean): void {
  const writes = need.some(([, level]) => level === "write");
  const isChecks = need.some(([area]) => area === "checks");
  if (actor === null) {
    if (isPrivate) throw new Refusal(404, "Not Found");
    if (writes) throw new Refusal(401, "Requires authentication");
    return;
  }
  if (writes && isChecks && actor.kind === "pat") throw new Refusal(403, "You must authenticate via a GitHub App.");
  if (!writes && !isPrivate && !need.some(([area]) => area === "administration")) return;
  if (allows(actor, need)) return;
  const holder = actor.kind === "pat" ? "personal access token" : "integration";
  throw new Refusal(403, `Resource not accessible by ${holder}`);
}
