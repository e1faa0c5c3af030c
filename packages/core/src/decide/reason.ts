import * as z from "zod";

const reason = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("no-champion") }),
  /** The champion was imported, and nothing has been compared with it. */
  z.object({ kind: z.literal("imported") }),
  z.object({
    kind: z.literal("settings"),
    /** Absent: not known which. */
    changed: z
      .array(z.object({ setting: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
      .optional(),
  }),
  z.object({
    kind: z.literal("new-rows"),
    newRows: z.int(),
    minNewRows: z.int(),
    /** Earlier bytes cannot be had, so rows were not compared; absent: they were. */
    assumed: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("age"), ageDays: z.number(), maxAgeDays: z.number() }),
  z.object({ kind: z.literal("drift"), feature: z.string(), psi: z.number() }),
  z.object({ kind: z.literal("drift-classifier"), auc: z.number(), features: z.array(z.string()) }),
  z.object({
    kind: z.literal("performance"),
    metric: z.string(),
    before: z.number(),
    now: z.number(),
    performanceMargin: z.number(),
  }),
  z.object({ kind: z.literal("policy") }),
  z.object({ kind: z.literal("champion-moved") }),
  /** Another model of its proposal group is due. */
  z.object({ kind: z.literal("group"), group: z.string(), due: z.string() }),
  z.object({
    kind: z.literal("forced"),
    words: z.string(),
    /** Somebody had said no to a model of exactly these inputs, and when, epoch milliseconds; absent: nobody. */
    despite: z.object({ by: z.enum(["declined", "rejected", "rolledBack", "stopped"]), at: z.number() }).optional(),
  }),
]);
/** Why a retrain is worth it. */
export type Reason = Readonly<z.infer<typeof reason>>;

/** Reasons of a kind that only a newer refit knows decide nothing here: they are left out. */
export const storedReasons = z.preprocess(
  (stored: unknown) => (Array.isArray(stored) ? stored.filter((each) => !isForeign(each)) : stored),
  z.array(reason),
);

function isForeign(stored: unknown): boolean {
  const { success, data } = z.looseObject({ kind: z.string() }).safeParse(stored);
  return success && !knownKinds.has(data.kind);
}

const knownKinds: ReadonlySet<string> = new Set(reason.options.map(({ shape }) => shape.kind.value));

/** Who said no to a model of exactly these inputs: a person who declined it, a gate, or whoever rolled it back or stopped it as a canary. */
export type RefusedBy = "declined" | "rejected" | "rolledBack" | "stopped";

/** A canary that a run meets on the base branch. */
export interface RunningCanary {
  /** What it gets now; `null`: its `rollout.yaml` is missing or cannot be read. */
  readonly percent: number | null;
  /** Epoch milliseconds, UTC. */
  readonly since: number;
  /** Another champion is live than the one that it was compared with. */
  readonly championMoved: boolean;
}

/** Why there is no retrain now. */
export type HeldBack =
  | { readonly kind: "unchanged" }
  | { readonly kind: "nothing-due" }
  | { readonly kind: "proposal-open" }
  | { readonly kind: "held-by-person" }
  | ({ readonly kind: "canary-runs" } & RunningCanary)
  | { readonly kind: "branch-held"; readonly branch: string }
  | { readonly kind: "refused"; readonly by: RefusedBy; readonly at: number }
  | { readonly kind: "drift-unconfirmed" }
  | { readonly kind: "drift-known" }
  | { readonly kind: "few-rows"; readonly rows: number; readonly minRows: number }
  /** Of the second most frequent class. */
  | { readonly kind: "few-of-class"; readonly rows: number; readonly minRows: number }
  | { readonly kind: "cooldown"; readonly until: number }
  | { readonly kind: "backoff"; readonly until: number; readonly fruitless: number }
  | { readonly kind: "budget"; readonly until: number; readonly per: "day" | "week" }
  | { readonly kind: "handed-over"; readonly why: HandedOverWhy }
  /** It would have been proposed, had another model of its proposal group not been in the way. */
  | { readonly kind: "group-held"; readonly group: string; readonly by: string; readonly why: GroupHeldWhy };

/** What keeps a model from being proposed, and its group with it. `held-back`: its own decision says what. */
export type GroupHeldWhy = "blocked" | "failed" | "held-back" | "rejected";

/** Why nothing was taken from another job. `no-folder`: no job handed over a candidate; `other-plan`: not those that were planned are due. */
export type HandedOverWhy = "none" | "other-inputs" | "other-champion" | "no-folder" | "other-plan";
