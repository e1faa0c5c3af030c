import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** Rows can be revealed in their order only where each source row says itself when it came. */
export class BacktestTimeError extends RefitError {
  readonly code = "backtest-time";
  readonly hint =
    "A backtest needs files in which the model's `time` is a column of the source, declared in `schema.fields` where it has another name or format there.";

  constructor(column: string, file: string, why: string) {
    super(`The column ${quoted(column)} of ${quoted(file)} does not say when each row arrived: ${why}.`);
  }
}

/** Policies are set side by side on the same rows, by the same numbers. */
export class BacktestPolicyError extends RefitError {
  readonly code = "backtest-policy";
  readonly hint =
    "Leave those keys out of the file; a policy may change how the model is trained, judged and retrained.";

  constructor(file: string, keys: readonly string[]) {
    super(
      `The policy ${quoted(file)} cannot be compared with model.yaml, because it changes what is predicted or measured: ${keys.map((key) => `\`${key}\``).join(", ")}.`,
    );
  }
}

/** Nothing can be replayed before a first model, or after the last row. */
export class BacktestSpanError extends RefitError {
  readonly code = "backtest-span";
  readonly hint =
    "Choose --from and --to so that rows lie before the first night and after each, and --every so that there are nights.";

  constructor(why: string) {
    super(`There is nothing to replay: ${why}.`);
  }
}
