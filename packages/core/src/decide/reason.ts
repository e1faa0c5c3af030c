import * as z from "zod";
import { metricNames } from "../spec/metric-names.ts";

export const reason = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("no-champion") }),
  z.strictObject({ kind: z.literal("settings") }),
  z.strictObject({ kind: z.literal("new-rows"), newRows: z.int(), minNewRows: z.int() }),
  z.strictObject({ kind: z.literal("age"), ageDays: z.number(), maxAgeDays: z.number() }),
  z.strictObject({ kind: z.literal("drift"), feature: z.string(), psi: z.number() }),
  z.strictObject({ kind: z.literal("drift-classifier"), auc: z.number(), features: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal("performance"),
    metric: z.enum(metricNames),
    before: z.number(),
    now: z.number(),
    performanceMargin: z.number(),
  }),
  z.strictObject({ kind: z.literal("policy") }),
  z.strictObject({ kind: z.literal("champion-moved") }),
  z.strictObject({ kind: z.literal("forced"), words: z.string() }),
]);
/** Why a retrain is worth it. */
export type Reason = Readonly<z.infer<typeof reason>>;

/** Why there is no retrain now. */
export type HeldBack =
  | { readonly kind: "unchanged" }
  | { readonly kind: "nothing-due" }
  | { readonly kind: "proposal-open" }
  | { readonly kind: "held-by-person" }
  | { readonly kind: "refused"; readonly by: "declined" | "rejected" | "rolledBack"; readonly at: number }
  | { readonly kind: "drift-unconfirmed" }
  | { readonly kind: "drift-known" }
  | { readonly kind: "cooldown"; readonly until: number }
  | { readonly kind: "backoff"; readonly until: number; readonly fruitless: number }
  | { readonly kind: "budget"; readonly until: number; readonly per: "day" | "week" }
  | { readonly kind: "handed-over"; readonly why: "none" | "other-inputs" | "other-champion" };
