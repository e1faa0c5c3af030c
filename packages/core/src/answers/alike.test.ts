import { expect, it } from "vitest";
import type { Finding } from "../data/finding.ts";
import type { HeldBack, Reason } from "../decide/reason.ts";
import type { Comparison } from "../judge/comparison.ts";
import type { Verdict, VerdictReason } from "../judge/verdict.ts";
import type { ModelStatus } from "../report/model-status.ts";
import type { statusOfModel } from "../report/status-schema.ts";
import type { BacktestResult } from "../backtest/backtest-result.ts";
import type { backtestAnswer } from "./backtest-answer.ts";
import type { evaluation, verdict, verdictReason } from "./comparison-part.ts";
import type { findingPart, heldBack, reason } from "./parts.ts";
import type { Told } from "./told.ts";
import type { AsJson, SchemaValue } from "./schema-value.ts";

// What the rooms decide with has its types where it is decided, and its schema here. This file does not compile where the two part.

/** `true` where every value of the first type is one of the second. */
type Fits<A, B> = [A extends B ? true : false] extends [true] ? true : false;

/** `true` where each of two types can stand for the other: a schema and the value that it describes have not parted. */
type Alike<A, B> = Fits<A, B> extends true ? Fits<B, A> : false;

/** Does not compile where its argument is not `true`. */
type Holds<T extends true> = T;

type JsonOf<T> = Told<AsJson<T>>;

type AlikeParts = [
  Holds<Alike<JsonOf<Reason>, SchemaValue<typeof reason>>>,
  Holds<Alike<JsonOf<HeldBack>, SchemaValue<typeof heldBack>>>,
  Holds<Alike<JsonOf<Finding>, SchemaValue<typeof findingPart>>>,
  Holds<Alike<JsonOf<VerdictReason>, SchemaValue<typeof verdictReason>>>,
  Holds<Alike<JsonOf<Verdict>, SchemaValue<typeof verdict>>>,
  Holds<Alike<JsonOf<Comparison & { readonly look: number; readonly alpha: number }>, SchemaValue<typeof evaluation>>>,
  Holds<Alike<JsonOf<BacktestResult>, Omit<SchemaValue<typeof backtestAnswer>, "proposal">>>,
  // Its schema has the keys of all kinds of triggers and waits in one list, for a reader of the page.
  Holds<Fits<JsonOf<ModelStatus>, SchemaValue<typeof statusOfModel>>>,
];

it("holds for every part", () => {
  const alike: AlikeParts = [true, true, true, true, true, true, true, true];

  expect(alike).not.toContain(false);
});
