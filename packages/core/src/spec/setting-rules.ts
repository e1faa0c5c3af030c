import { quoted } from "../errors/name-words.ts";
import type { LearnerDescriptor, LearnerSetting } from "../learners/learner-settings.ts";
import type { ModelSpec } from "./model-spec.ts";
import { repeated } from "./path-rules.ts";
import { problemAt } from "./problems.ts";
import type { SpecProblem } from "./problems.ts";

type WrittenCandidate = ModelSpec["candidates"][number];

/** Settings of candidates that do not go with the task, with each other, or with what is measured. */
export function settingProblems(
  { task, candidates, metrics }: Pick<ModelSpec, "task" | "candidates" | "metrics">,
  learners: readonly LearnerDescriptor[],
): SpecProblem[] {
  return candidates.flatMap((candidate, i) => {
    const place = (key: string) => ["candidates", i, key];
    const { settings = {} } = learners.find(({ name }) => name === candidate.learner) ?? {};
    const unfit = Object.entries(settings).flatMap(([key, setting]) => {
      const words = taskProblem(setting, candidate[key], task) ?? companyProblem(setting, candidate[key], candidate);
      return words === null ? [] : [problemAt(place(key), words)];
    });
    return unfit.length > 0
      ? unfit
      : [...quantileProblems(candidate, metrics, place("quantile")), ...groupProblems(candidate, i)];
  });
}

function taskProblem({ tasks }: LearnerSetting, value: unknown, task: ModelSpec["task"]): string | null {
  if (value === undefined || tasks === undefined || tasks.includes(task)) return null;
  return `is for ${tasks.join(" and ")} tasks, and task is ${quoted(task)}; remove it`;
}

/** Of a setting that belongs to a value of another. */
function companyProblem({ when = {} }: LearnerSetting, value: unknown, candidate: WrittenCandidate): string | null {
  for (const [key, wanted] of Object.entries(when)) {
    const given = candidate[key];
    if (given === wanted && value === undefined) return `is missing: \`${key}: ${wanted}\` needs it`;
    if (given !== wanted && value !== undefined) {
      const found = given === undefined ? "there is none" : `${key} is ${quoted(String(given))}`;
      return `belongs to \`${key}: ${wanted}\`, and ${found}; remove one or correct the other`;
    }
  }
  return null;
}

/** A model of one quantile is a bad one of any other. */
function quantileProblems(
  { objective, quantile }: WrittenCandidate,
  metrics: ModelSpec["metrics"],
  path: SpecProblem["path"],
): SpecProblem[] {
  const measured = metrics.quantile ?? 0.5;
  if (objective !== "quantile" || quantile === measured) return [];
  if (![metrics.primary, ...metrics.also].includes("pinball")) return [];
  const words = `${String(quantile)} is what is predicted, and pinball is measured for ${measured}; write the same number here and in metrics.quantile`;
  return [problemAt(path, words)];
}

function groupProblems({ interactions }: WrittenCandidate, i: number): SpecProblem[] {
  if (!Array.isArray(interactions)) return [];
  return (interactions as readonly (readonly string[])[]).flatMap((names, group) =>
    repeated(names, (nth) => ["candidates", i, "interactions", group, nth]),
  );
}
