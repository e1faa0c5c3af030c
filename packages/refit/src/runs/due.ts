import type { Finding } from "@refit/core/data";
import type { HeldBack } from "@refit/core/decide";
import type { Context, RunRequest } from "../products/context.ts";
import type { Decided } from "../products/decided.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decide } from "../rooms/decide.ts";
import { findUnfinished } from "../rooms/ends/finish.ts";
import { observe } from "../rooms/observe.ts";
import { read } from "../rooms/read.ts";
import { takeSnapshot } from "../rooms/snapshot.ts";

export type LookPorts = Pick<
  Ports,
  | "ancestry"
  | "scratch"
  | "clock"
  | "git"
  | "largeFiles"
  | "forge"
  | "files"
  | "sources"
  | "tables"
  | "learners"
  | "out"
>;

/** What a run would do with a model, as far as it is known before rows are prepared. */
export type Look =
  | (Pick<Decided, "snapshot" | "decision"> & { readonly kind: "due"; readonly context: Context })
  | { readonly kind: "skipped"; readonly heldBack: HeldBack }
  /** An earlier run has trained and pushed it, so the next one only has to show it. */
  | { readonly kind: "unfinished" }
  | { readonly kind: "blocked"; readonly findings: readonly Finding[] };

/** The rooms of a run up to its decision, and none of its effects. */
export async function lookAt(ports: LookPorts, repository: Repository, request: RunRequest): Promise<Look> {
  const context = await read(ports, repository, request);
  const snapshot = await takeSnapshot(ports, context);
  if (snapshot.blocked) return { kind: "blocked", findings: snapshot.findings };
  const observation = await observe(ports, context, snapshot);
  const decision = await decide(ports, context, snapshot, observation);
  if (!decision.retrain) return { kind: "skipped", heldBack: decision.heldBack! };
  if ((await findUnfinished(ports, context, snapshot)) !== null) return { kind: "unfinished" };
  return { kind: "due", context, snapshot, decision };
}

export type Due = Extract<Look, { readonly kind: "due" }>;

/** What names the candidates of a model that is due, but for their numbers. */
export function identityOf(model: string, { context, snapshot }: Due) {
  return { model, inputDigest: snapshot.digests.input, parent: context.champion?.treeId ?? null };
}
