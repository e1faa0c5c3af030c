import type { HeldBack } from "../decide/reason.ts";
import type { HandedOverModel } from "./hand-over.ts";

/** Why a retrain that is due cannot take what was handed over; `null`: it can. */
export function checkHandOver(
  entry: Pick<HandedOverModel, "inputDigest" | "parent"> | undefined,
  now: { readonly inputDigest: string; readonly parent: string | null },
): Extract<HeldBack, { kind: "handed-over" }> | null {
  const held = (why: "none" | "other-inputs" | "other-champion") => ({ kind: "handed-over", why }) as const;
  if (entry === undefined) return held("none");
  if (entry.inputDigest !== now.inputDigest) return held("other-inputs");
  return entry.parent === now.parent ? null : held("other-champion");
}
