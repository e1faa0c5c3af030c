import { codeOf, commandDescriptor } from "../learners/command-descriptor.ts";
import { onnxDescriptor } from "../learners/onnx-descriptor.ts";
import type { LearnerDescriptor } from "../learners/learner-settings.ts";
import { approverProblems, mergeProblems } from "./approval-policy.ts";
import { canaryProblems } from "./canary-policy.ts";
import { check } from "./check.ts";
import type { Checked, Rule } from "./check.ts";
import { isBuiltIn, measuredMetrics, metricsOfTask, ownMetricProblem } from "./metric-names.ts";
import { declaredInstant } from "./declared-instant.ts";
import { labelsProblems } from "./labels-spec.ts";
import { modelSpec } from "./model-spec.ts";
import type { MetricName, ModelSpec } from "./model-spec.ts";
import { nearest } from "./nearest.ts";
import { isHandOverPath } from "../handover/hand-over.ts";
import { escapes, repeated } from "./path-rules.ts";
import { quoted } from "../errors/name-words.ts";
import { keyProblemAt, problemAt } from "./problems.ts";
import type { SpecProblem } from "./problems.ts";
import { settingProblems } from "./setting-rules.ts";
import { sliceName, type Slice } from "./slice-name.ts";

/**
 * Reads the contents of a `model.yaml`: keys, types, and combinations that can never work.
 *
 * @param learners those that are installed.
 */
export function checkModelSpec(document: unknown, learners: readonly LearnerDescriptor[]): Checked<ModelSpec> {
  const ofSettings = rule(["task", "candidates", "metrics"], (spec) => settingProblems(spec, learners));
  return check(schemaFor(learners), [...rules, ofSettings], [], document);
}

/** Made once per list of learners: to build and compile it takes more than ten times as long as to read with it. */
function schemaFor(learners: readonly LearnerDescriptor[]): ReturnType<typeof modelSpec> {
  const known = schemas.get(learners) ?? modelSpec(learners);
  schemas.set(learners, known);
  return known;
}

const schemas = new WeakMap<readonly LearnerDescriptor[], ReturnType<typeof modelSpec>>();

function rule<Key extends keyof ModelSpec>(
  reads: readonly Key[],
  find: (spec: Pick<ModelSpec, Key>) => readonly SpecProblem[],
): Rule<ModelSpec> {
  return { reads, find };
}

const rules: readonly Rule<ModelSpec>[] = [
  rule(["task", "metrics"], ({ task, metrics }) => [
    ...foreignMetric({ task, metrics }, metrics.primary, ["metrics", "primary"]),
    ...metrics.also.flatMap((metric, i) => foreignMetric({ task, metrics }, metric, ["metrics", "also", i])),
  ]),

  rule(["metrics"], ({ metrics: { own = {} } }) =>
    Object.keys(own).flatMap((name) => {
      const problem = ownMetricProblem(name);
      return problem === null ? [] : [keyProblemAt(["metrics", "own", name], `${quoted(name)} ${problem}`)];
    }),
  ),

  rule(["merge", "approvals"], mergeProblems),

  rule(["approvals"], approverProblems),

  rule(["task", "metrics", "gates"], ({ task, metrics, gates }) =>
    gates.flatMap(({ metric }, i) => {
      const path = ["gates", i, "metric"];
      const foreign = foreignMetric({ task, metrics }, metric, path);
      if (foreign.length > 0 || measuredMetrics(metrics).includes(metric)) return foreign;
      return [problemAt(path, `${quoted(metric)} is not measured; add it to metrics.also`)];
    }),
  ),

  rule(["slices", "gates"], ({ slices, gates }) =>
    gates.flatMap(({ slice }, i) => {
      const path = ["gates", i, "slice"];
      const names = slices.map(sliceName);
      if (slice === undefined || names.includes(sliceName(slice))) return [];
      const name = sliceName(slice);
      if (name !== "*") return [problemAt(path, `${quoted(name)} is not in slices${didYouMean(name, names)}`)];
      return slices.length > 0 ? [] : [problemAt(path, '"*" means every declared slice, and slices declares none')];
    }),
  ),

  rule(["metrics", "gates"], ({ metrics, gates }) =>
    gates.flatMap(({ significant, critical, metric, maxRegression, slice }, i) => {
      const asked = significant === true ? "significant" : critical === true ? "critical" : null;
      if (asked === null) return [];
      const path = ["gates", i, asked];
      if (significant === true && critical === true) {
        return [problemAt(path, "lets drops pass that are not significant, and critical does not; use one of the two")];
      }
      if (metric === metrics.primary && maxRegression !== undefined && slice !== undefined) return [];
      return [
        problemAt(path, "needs slice, maxRegression and the primary metric; no other gate is tested for significance"),
      ];
    }),
  ),

  rule(["task", "fairness"], ({ task, fairness }) => [
    ...(task === "binary" || fairness.length === 0
      ? []
      : [problemAt(["fairness"], `compares rates of a positive answer, and task is ${quoted(task)}`)]),
    ...repeated(
      fairness.map(({ group }) => group),
      (i) => ["fairness", i, "group"],
    ),
  ]),

  rule(["task", "metrics"], ({ task, metrics }) => [
    ...(metrics.threshold === undefined || task === "binary"
      ? []
      : [problemAt(["metrics", "threshold"], `is for probabilities of a binary task, and task is ${quoted(task)}`)]),
    ...(metrics.quantile === undefined || [metrics.primary, ...metrics.also].includes("pinball")
      ? []
      : [problemAt(["metrics", "quantile"], "is for pinball, which is not measured")]),
  ]),

  rule(["target", "time", "weight"], ({ target, time, weight }) =>
    weight !== undefined && (weight === target || weight === time)
      ? [
          problemAt(
            ["weight"],
            `is also the ${weight === target ? "target" : "time"}; use another column as the weight`,
          ),
        ]
      : [],
  ),

  rule(["target", "time", "group"], ({ target, time, group }) =>
    group !== undefined && (group === target || group === time)
      ? [problemAt(["group"], `is also the ${group === target ? "target" : "time"}; use another column as the group`)]
      : [],
  ),

  rule(["gates"], ({ gates }) =>
    gates.flatMap((gate, i) =>
      gates.slice(0, i).flatMap((earlier, j) => {
        if (earlier.metric !== gate.metric || nameOf(earlier.slice) !== nameOf(gate.slice)) return [];
        const min = gate.min ?? earlier.min;
        const max = gate.max ?? earlier.max;
        if (min === undefined || max === undefined || min <= max) return [];
        return [problemAt(["gates", i], `contradicts gates[${j}]: no value is at least ${min} and at most ${max}`)];
      }),
    ),
  ),

  rule(["holdout", "time"], ({ holdout, time }) =>
    holdout.days === undefined || time !== undefined
      ? []
      : [
          problemAt(
            ["holdout", "days"],
            "counts days back from the newest row; name the date column in time, or use holdout.fraction",
          ),
        ],
  ),

  rule(["validation", "time"], ({ validation, time }) =>
    validation.days === undefined || time !== undefined
      ? []
      : [
          problemAt(
            ["validation", "days"],
            "counts days back from the holdout; name the date column in time, or use validation.fraction",
          ),
        ],
  ),

  rule(["training", "candidates", "time"], ({ training, candidates, time }) => {
    if (time !== undefined) return [];
    const own = candidates.flatMap((candidate, i) =>
      candidate.training === undefined ? [] : [["candidates", i, "training"]],
    );
    const places = [...(training === undefined ? [] : [["training"]]), ...own];
    return places.map((place) => problemAt(place, "counts back from the newest row; name the date column in time"));
  }),

  rule(["task", "candidates"], ({ task, candidates }) =>
    candidates.flatMap(({ calibration }, i) =>
      calibration === undefined || task !== "regression"
        ? []
        : [problemAt(["candidates", i, "calibration"], "is for probabilities, and a regression has none; remove it")],
    ),
  ),

  rule(["candidates"], ({ candidates }) =>
    candidates.flatMap((candidate, i) => {
      const place = (file: number) =>
        candidate.learner === onnxDescriptor.name ? ["candidates", i, "file"] : ["candidates", i, "code", file];
      const code = codeOf(candidate);
      const misplaced = code.flatMap((file, nth) => {
        const problem = escapes(file) ?? (isHandOverPath(file) ? null : `${quoted(file)} ${oddPath}`);
        return problem === null ? [] : [problemAt(place(nth), problem)];
      });
      return [...misplaced, ...repeated(code, place), ...answerProblems(candidate, i), ...runnerProblems(candidate, i)];
    }),
  ),

  rule(["candidates", "time"], ({ candidates, time }) =>
    candidates.flatMap((candidate, i) =>
      candidate.learner === onnxDescriptor.name ? elsewhereProblems(candidate, i, time) : [],
    ),
  ),

  rule(["canary", "proposalGroup"], canaryProblems),

  rule(["labels", "target", "key"], labelsProblems),

  rule(["ship", "time"], ({ ship, time }) =>
    ship !== "all" || time !== undefined
      ? []
      : [
          problemAt(
            ["ship"],
            "without time there would be no rows left that the champion has not seen; name the date column in time, or use ship: judged",
          ),
        ],
  ),

  rule(["holdout", "time", "group"], ({ holdout, time, group }) => {
    if (holdout.blockDays === undefined || (time !== undefined && group === undefined)) return [];
    const words = time === undefined ? "divides time into blocks; name the date column in time" : twoWaysToDraw;
    return [problemAt(["holdout", "blockDays"], words)];
  }),

  rule(["retrain", "time"], ({ retrain, time }) =>
    retrain.performanceMargin === undefined || time !== undefined
      ? []
      : [
          problemAt(
            ["retrain", "performanceMargin"],
            "compares newer rows with older ones; name the date column in time",
          ),
        ],
  ),

  rule(["task", "positive"], ({ task, positive }) =>
    positive === undefined || task === "binary"
      ? []
      : [problemAt(["positive"], `only a binary task has a positive value, and task is ${quoted(task)}`)],
  ),

  rule(["target", "time", "key"], ({ target, time, key }) => [
    ...(target === time ? [problemAt(["time"], "is the target; time must be another column")] : []),
    ...(asList(key).includes(target)
      ? [problemAt(["key"], "contains the target, which cannot identify a row; name other columns")]
      : []),
    ...(Array.isArray(key) ? repeated(key, (i) => ["key", i]) : []),
  ]),

  rule(["target", "features"], ({ target, features }) =>
    (["include", "categorical"] as const).flatMap((list) =>
      at(features[list], target).map((i) =>
        problemAt(["features", list, i], `${quoted(target)} is the target, which cannot be a feature`),
      ),
    ),
  ),

  rule(["features"], ({ features: { include, exclude, categorical } }) => [
    ...(include?.length === 0
      ? [problemAt(["features", "include"], "lists no column; remove it to use all columns")]
      : []),
    ...repeated(include ?? [], (i) => ["features", "include", i]),
    ...repeated(exclude, (i) => ["features", "exclude", i]),
    ...repeated(categorical, (i) => ["features", "categorical", i]),
    ...exclude.flatMap((column, i) =>
      (include ?? []).includes(column)
        ? [problemAt(["features", "exclude", i], `${quoted(column)} is also in features.include`)]
        : [],
    ),
    ...categorical.flatMap((column, i) => {
      const path = ["features", "categorical", i];
      if (exclude.includes(column))
        return [problemAt(path, `${quoted(column)} is not a feature: it is in features.exclude`)];
      if (include === undefined || include.includes(column)) return [];
      return [
        problemAt(
          path,
          `${quoted(column)} is not a feature: it is not in features.include${didYouMean(column, include)}`,
        ),
      ];
    }),
  ]),

  rule(["slices"], ({ slices }) => [
    ...repeated(
      slices.map((slice) => sliceName(typeof slice === "string" ? slice : [...slice].sort())),
      (i) => ["slices", i],
    ),
    ...slices.flatMap((slice, i) =>
      typeof slice !== "string" && slice[0] === slice[1]
        ? [problemAt(["slices", i], `pairs ${quoted(slice[0]!)} with itself`)]
        : [],
    ),
  ]),
];

const oddPath =
  "is copied into the version, so it may have letters, digits, `_`, `.`, `+` and `-` only, and no hidden part";

const twoWaysToDraw = "and group both decide which rows are drawn together in tests; use one of the two";

/** `null`: all rows. */
function nameOf(slice: Slice | undefined): string | null {
  return slice === undefined ? null : sliceName(slice);
}

function foreignMetric(
  { task, metrics: { own = {} } }: Pick<ModelSpec, "task" | "metrics">,
  metric: MetricName,
  path: SpecProblem["path"],
): SpecProblem[] {
  const valid: readonly MetricName[] = [...metricsOfTask[task], ...Object.keys(own)];
  if (valid.includes(metric)) return [];
  const list = `its metrics are ${valid.join(", ")}`;
  if (isBuiltIn(metric)) return [problemAt(path, `${quoted(metric)} does not apply to a ${task} task; ${list}`)];
  const near = nearest(metric, valid);
  const meant =
    near === undefined ? `${list}; one of your own is declared in metrics.own` : `did you mean ${quoted(near)}?`;
  return [problemAt(path, `${quoted(metric)} is not a metric of a ${task} task; ${meant}`)];
}

function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `; did you mean ${quoted(near)}?`;
}

function asList(key: ModelSpec["key"]): readonly string[] {
  return typeof key === "string" ? [key] : (key ?? []);
}

function at(list: readonly string[] | undefined, word: string): number[] {
  return (list ?? []).flatMap((item, i) => (item === word ? [i] : []));
}

/** Which rows a model has not seen is known by their time alone, where it was not trained here. */
function elsewhereProblems(
  { trainedUntil, calibration, training }: ModelSpec["candidates"][number],
  i: number,
  time: string | undefined,
): SpecProblem[] {
  const place = (key: string) => ["candidates", i, key];
  const isTime = declaredInstant(String(trainedUntil)) !== null;
  const noTime =
    "is judged on rows that are newer than what it has learned from, so it needs time: name the date column there";
  const noInstant = `${quoted(String(trainedUntil))} is not a day such as 2026-03-31, or a time with a zone such as 2026-03-31T06:00:00Z`;
  const noCalibration =
    "would be fitted to rows that the model may have learned from; calibrate it where it is trained, and remove this";
  const noTraining = "is for models that refit trains; remove it";
  return [
    ...(time === undefined ? [problemAt(place("learner"), noTime)] : []),
    ...(isTime ? [] : [problemAt(place("trainedUntil"), noInstant)]),
    ...(calibration === undefined ? [] : [problemAt(place("calibration"), noCalibration)]),
    ...(training === undefined ? [] : [problemAt(place("training"), noTraining)]),
  ];
}

/** A program answers, or refit does with what it wrote. */
function answerProblems({ learner, predict, onnx }: ModelSpec["candidates"][number], i: number): SpecProblem[] {
  if (learner !== commandDescriptor.name) return [];
  const place = (key: string) => ["candidates", i, key];
  if (predict === undefined && onnx === undefined)
    return [
      problemAt(
        place("predict"),
        "is missing: name the program that predicts, or in its place `onnx`, the file of the model",
      ),
    ];
  if (onnx === undefined) return [];
  if (predict !== undefined) return [problemAt(place("onnx"), "takes the place of predict; remove one of the two")];
  const isPlain = typeof onnx === "string" && isHandOverPath(onnx);
  return isPlain
    ? []
    : [problemAt(place("onnx"), `${quoted(String(onnx))} must be a file in the model folder, such as model.onnx`)];
}

/** What belongs to a runner needs one, and its store is a place that both machines know. */
function runnerProblems(candidate: ModelSpec["candidates"][number], i: number): SpecProblem[] {
  if (candidate.learner !== commandDescriptor.name) return [];
  const { runner, runnerStore } = candidate;
  const lonely =
    runner === undefined ? ["runnerStop", "runnerStore"].filter((key) => candidate[key] !== undefined) : [];
  const isPlace = typeof runnerStore !== "string" || /^(?:\/|[A-Za-z]:[\\/]|s3:\/\/[^/]+)/.test(runnerStore);
  return [
    ...lonely.map((key) => problemAt(["candidates", i, key], "needs `runner`; add it, or remove this")),
    ...(isPlace
      ? []
      : [
          problemAt(
            ["candidates", i, "runnerStore"],
            `${quoted(runnerStore)} must be an absolute path, or begin with s3://`,
          ),
        ]),
  ];
}
