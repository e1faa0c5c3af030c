import type { Column } from "@refit/core/runtime";
import { yamlText } from "./yaml-text.ts";
import type { Rhythm } from "./infer-rhythm.ts";

/** What `init` found out about a data file. */
export interface InferredModel {
  readonly task: "binary" | "multiclass" | "regression";
  readonly rows: number;
  /** What a model without features has by `dummyMetrics[task]`: the share of the most frequent class, 0.5, or 0. */
  readonly dummy: number;
  /** How they arrive; `null`: without `time`, or too few to tell. */
  readonly rhythm: Rhythm | null;
}

/** Most distinct values of a target that is read as classes. */
const MOST_CLASSES = 20;

/**
 * The task that a target column suggests: two values are binary, text or a few whole numbers are classes, other
 * numbers a regression.
 */
export function inferTask(target: Column): Omit<InferredModel, "rhythm"> {
  const counts = new Map<string | number, number>();
  const rows = target.kind === "text" ? target.codes.length : target.values.length;
  let present = 0;
  for (let row = 0; row < rows; row++) {
    const value = target.kind === "text" ? target.dictionary[target.codes[row]!] : target.values[row]!;
    if (value === undefined || Number.isNaN(value)) continue;
    present++;
    if (counts.size <= 100 || counts.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const classes = counts.size;
  const few =
    target.kind === "text" || (target.type === "integer" && classes <= MOST_CLASSES && classes * 50 <= present);
  const task = classes <= 2 ? "binary" : few ? "multiclass" : "regression";
  const share = Math.max(...counts.values()) / present;
  return { task, rows, dummy: { binary: 0.5, multiclass: share, regression: 0 }[task] };
}

/** The metric of each task in which a model without features has a known number. */
const dummyMetrics = { binary: "rocAuc", multiclass: "accuracy", regression: "r2" } as const;

/**
 * A bar for people to take up, as a comment: a first model meets only what a person wrote. It lies a tenth of the way from the
 * dummy to a perfect model.
 */
function suggestedGate({ task, dummy }: InferredModel): string {
  const least = Number((dummy + (1 - dummy) / 10).toFixed(2));
  return `  # - { metric: ${dummyMetrics[task]}, min: ${least} } # applies to the first model, too; without features it would have ${Number(dummy.toFixed(2))}`;
}

/** The text of a model spec with cautious defaults for the task. */
export function specText(
  found: InferredModel,
  names: {
    readonly dataset: string;
    readonly target: string;
    readonly time: string | null;
    readonly key: string | null;
    /** Columns that no candidate can read. */
    readonly exclude: readonly string[];
    /** Lines of the candidate that a program trains; `null`: learners that come with refit. */
    readonly candidate: readonly string[] | null;
  },
): string {
  const { metrics, gates } = bar(found);
  const { rhythm } = found;
  return [
    "# What is predicted, how it is judged, and when to retrain. Reference: `refit schema model`",
    `task: ${found.task}`,
    `data: ${names.dataset}`,
    `target: ${yamlText(names.target)}`,
    ...(names.time === null ? [] : [`time: ${yamlText(names.time)} # the newest rows become the holdout`]),
    names.key === null
      ? "# key: id             # the column that identifies a row; not a feature"
      : `key: ${yamlText(names.key)} # identifies a row; not a feature`,
    "features:",
    `  exclude: [${names.exclude.map(yamlText).join(", ")}] # columns that would not be known at prediction time${names.exclude.length === 0 ? "" : ", and files, which only programs read"}`,
    "candidates: # all are trained; the newest rows before the holdout choose",
    ...(names.candidate ?? builtIn(rhythm)),
    rhythm === null
      ? `holdout: { fraction: 0.2, minRows: ${Math.max(20, Math.min(200, Math.floor(found.rows / 20)))} }`
      : `holdout: { days: ${rhythm.days}, minRows: ${rhythm.minRows} } # at least a week, and enough days to decide; what ships learns from them, too`,
    `metrics: ${metrics}`,
    "gates: # limits beside the test",
    ...gates.map((gate) => `  - ${gate}`),
    suggestedGate(found),
    "retrain:",
    ...triggers(found),
    "  cooldownHours: 24",
    "merge: review",
    "seed: 7",
    "",
  ].join("\n");
}

/** Trees on all rows, trees that forget, and a linear model. */
function builtIn(rhythm: Rhythm | null): string[] {
  return [
    "  - { learner: gbdt }",
    ...(rhythm?.windows ?? []).map(
      (days) => `  - { learner: gbdt, training: { days: ${days} } } # forgets what is older`,
    ),
    "  - { learner: linear }",
  ];
}

/** A loss of the primary metric that is worth a retrain before its time, by task; none where its unit is the target's. */
const worthRetraining = { binary: 0.02, multiclass: 0.05, regression: null } as const;

/**
 * With times, a steady rhythm, and sooner where the champion has become worse: where nothing changes, only the rhythm starts a
 * retrain. A number of rows that comes steadily would be a rhythm, too, so it takes twice the usual number to count.
 */
function triggers({ task, rows, rhythm }: InferredModel): string[] {
  if (rhythm === null) return [`  minNewRows: ${Math.max(50, Math.round(rows / 10))}`, "  maxAgeDays: 30"];
  const margin = worthRetraining[task];
  return [
    `  maxAgeDays: ${rhythm.retrainDays} # the regular interval; \`refit backtest\` shows whether another one is better`,
    `  minNewRows: ${rhythm.burstRows} # many new rows do not wait for it`,
    ...(margin === null
      ? []
      : [`  performanceMargin: ${margin} # sooner, where the champion has become worse by more`]),
  ];
}

/**
 * How much worse than the champion a refresh may look. Absolute bars are for people to write: a first model has to be better than
 * the dummy, which every run tests.
 */
function bar({ task }: InferredModel): { metrics: string; gates: string[] } {
  if (task === "binary") {
    return {
      metrics: "{ primary: rocAuc, also: [logLoss, brier, f1] }",
      gates: ["{ metric: rocAuc, maxRegression: 0.05 }"],
    };
  }
  if (task === "multiclass") {
    return {
      metrics: "{ primary: logLoss, also: [accuracy, f1Macro] }",
      gates: ["{ metric: accuracy, maxRegression: 0.05 }"],
    };
  }
  return {
    metrics: "{ primary: rmse, also: [mae, r2] }",
    gates: ["{ metric: r2, maxRegression: 0.05 }"],
  };
}
