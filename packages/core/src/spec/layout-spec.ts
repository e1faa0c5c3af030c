import * as z from "zod";
import { quoted } from "../errors/name-words.ts";
import { check, type Checked, type Rule } from "./check.ts";
import { mostParallel, usualLayout, type Layout } from "./layout.ts";
import { escapes, repeated } from "./path-rules.ts";
import { problemAt, type SpecProblem } from "./problems.ts";

/** `refit.yaml` at the root of the repository. */
export const layoutSpec = z.strictObject({
  models: z
    .array(z.string().min(1))
    .min(1)
    .default([...usualLayout.models])
    .describe(
      "Globs of folders that may hold a `model.yaml`, from the root of the repository; these are all of them, so keep `models/**` in the list if models stay there. " +
        "Below `models/` the name of a model is its path in there, elsewhere its path from the root: `apps/shop/churn`.",
    ),
  parallel: z
    .int()
    .min(1)
    .max(mostParallel)
    .optional()
    .describe(
      "How many models `refit run` works on at once, each in its own process, unless `--parallel` says otherwise; default: one. " +
        "They share the machine's memory and threads; the results do not depend on it.",
    ),
  dashboard: z
    .enum(["issue"])
    .optional()
    .describe(
      "`issue`: one issue of the repository on GitHub shows how every model is, as `refit status` does, and has boxes that start a run when they are ticked. " +
        "Without it there is none, and one that was there is closed.",
    ),
});

const rules: readonly Rule<Layout>[] = [
  {
    reads: ["models"],
    find: ({ models }) => [
      ...models.flatMap((glob, i) => globProblems(glob, ["models", i])),
      ...repeated(models, (i) => ["models", i]),
    ],
  },
];

function globProblems(glob: string, path: SpecProblem["path"]): SpecProblem[] {
  const outside = escapes(glob);
  if (outside !== null) return [problemAt(path, outside)];
  const parts = glob.split("/");
  if (parts.some((part) => part === "" || part === ".")) {
    const plainGlob = parts.filter((part) => part !== "" && part !== ".").join("/");
    return [problemAt(path, `${quoted(glob)} matches no folder; write ${quoted(plainGlob === "" ? "**" : plainGlob)}`)];
  }
  if (parts.at(-1) === "model.yaml")
    return [problemAt(path, `${quoted(glob)} names a file; name its folder: ${quoted(parts.slice(0, -1).join("/"))}`)];
  return [];
}

/** Checks the contents of a `refit.yaml`. */
export function checkLayout(document: unknown): Checked<Layout> {
  return check(layoutSpec, rules, [], document);
}
