import type { Finding } from "../data/finding.ts";
import type { HeldBack, Reason } from "../decide/reason.ts";
import type { Comparison } from "../judge/comparison.ts";
import type { Verdict, VerdictReason } from "../judge/verdict.ts";
import type { ModelStatus } from "../report/model-status.ts";
import type { statusOfModel } from "../report/status-schema.ts";
import type { BacktestResult } from "../backtest/backtest-result.ts";
import type { backtestAnswer } from "./backtest-answer.ts";
import type { evaluation, verdict, verdictReason } from "./comparison-part.ts";
import type { finding, heldBack, reason } from "./parts.ts";
import type { Told } from "./told.ts";
import type { Alike, AsJson, Fits, Holds, ValueOf } from "./value-of.ts";

// What the rooms decide with has its types where it is decided, and its schema here. This file does not compile where the two part.

type Answer<T> = Told<AsJson<T>>;

export type AlikeParts = [
  Holds<Alike<Answer<Reason>, ValueOf<typeof reason>>>,
  Holds<Alike<Answer<HeldBack>, ValueOf<typeof heldBack>>>,
  Holds<Alike<Answer<Finding>, ValueOf<typeof finding>>>,
  Holds<Alike<Answer<VerdictReason>, ValueOf<typeof verdictReason>>>,
  Holds<Alike<Answer<Verdict>, ValueOf<typeof verdict>>>,
  Holds<Alike<Answer<Comparison & { readonly look: number; readonly alpha: number }>, ValueOf<typeof evaluation>>>,
  Holds<Alike<Answer<BacktestResult>, Omit<ValueOf<typeof backtestAnswer>, "proposal">>>,
  // Its schema has the keys of all kinds of triggers and waits in one list, for a reader of the page.
  Holds<Fits<Answer<ModelStatus>, ValueOf<typeof statusOfModel>>>,
];
