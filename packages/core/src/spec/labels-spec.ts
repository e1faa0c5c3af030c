import * as z from "zod";
import { quoted } from "../errors/name-words.ts";
import { namePart } from "./names.ts";
import { problemAt, type SpecProblem } from "./problems.ts";

const column = z.string().min(1).meta({ title: "column name" });

/** `labels` in `model.yaml`: what came of what the model answered. */
export const labelsSpec = z.strictObject({
  data: z
    .string()
    .regex(namePart)
    .meta({ title: "name of lower-case letters, digits and single hyphens, such as `churn-outcomes`" })
    .describe("The data manifest of the labels: `data-manifests/<data>.yaml`, an ordinary one."),
  id: column
    .optional()
    .describe(
      "Column with the `id` of the answer, as the prediction log has it. Either this or `key` says which answer a label is about.",
    ),
  key: z
    .literal(true)
    .optional()
    .describe(
      "`true`: a label is about the newest answer before it that has the same `key`. The labels have the columns of the model's `key`, and `REFIT_LOG_SALT` must be set where the log has hashed keys.",
    ),
  target: column.optional().describe("Column with what came. Default: the model's `target`."),
  time: column.describe(
    "Date or datetime column: when the label became known. A date stands for the end of that day, UTC.",
  ),
});
export type LabelsSpec = z.infer<typeof labelsSpec>;

interface SpecWithLabels {
  readonly labels?: LabelsSpec | undefined;
  readonly target: string;
  readonly key?: string | string[] | undefined;
}

/** What cannot work together in `model.yaml`. */
export function labelsProblems({ labels, target, key }: SpecWithLabels): SpecProblem[] {
  if (labels === undefined) return [];
  const { id, time } = labels;
  const value = labels.target ?? target;
  const joined = id === undefined ? [key ?? []].flat() : [id];
  return [
    ...whichAnswer(labels, key),
    ...(time === value
      ? [problemAt(["labels", "time"], "is also the column with the label; name another column")]
      : []),
    ...(joined.includes(value)
      ? [problemAt(["labels", "target"], `${quoted(value)} says which answer a label is about; name another column`)]
      : []),
  ];
}

function whichAnswer({ id, key: byKey }: LabelsSpec, key: SpecWithLabels["key"]): SpecProblem[] {
  if (id !== undefined && byKey !== undefined)
    return [problemAt(["labels", "key"], "and id both say which answer a label is about; remove one of the two")];
  if (id === undefined && byKey === undefined) {
    const words =
      "does not say which answer a label is about: write `id: <column>` with the id of the answer, or `key: true` to find it by the model's key";
    return [problemAt(["labels"], words)];
  }
  if (byKey === true && key === undefined)
    return [
      problemAt(
        ["labels", "key"],
        "needs the model's `key`; add it, or name the column with the id of the answer in `id`",
      ),
    ];
  return [];
}
