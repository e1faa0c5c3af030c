import { columnLeak, type Finding, fitTarget, labelledRows } from "@refit/core/data";
import { RefitError } from "@refit/core/errors";
import type { PreparedTable } from "../../ports/tables.ts";
import { isIdentifierName } from "./infer-key.ts";
import type { InferredModel } from "./infer-spec.ts";

/** Columns that are looked at; of wider data the first ones. */
const mostColumns = 500;
const mostNotes = 5;

/** Columns that give the answer away, as a run would find them, or seem to be filled in after the outcome. */
export async function findLeaks(
  table: PreparedTable,
  task: InferredModel["task"],
  { target, others }: { readonly target: string; readonly others: readonly (string | null)[] },
): Promise<readonly Finding[]> {
  const column = await table.column(target);
  const spec = targetOf(column, task);
  if (spec === null) return [];
  const isFeature = (name: string) => name !== target && !others.includes(name) && !isIdentifierName(name);
  const leaks: Finding[] = [];
  for (const { name } of table.columns.filter((each) => isFeature(each.name)).slice(0, mostColumns)) {
    const leak = columnLeak(await table.column(name), { column, spec });
    if (leak !== null) leaks.push(leak);
  }
  return leaks;
}

/** `null`: a run refuses such a target, and says why. */
function targetOf(column: Parameters<typeof fitTarget>[0], task: InferredModel["task"]) {
  try {
    return fitTarget(column, { task, target: column.name }, labelledRows(column));
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

export function leakNotes(leaks: readonly Finding[]): string[] {
  const shown = leaks.slice(0, mostNotes).map(({ code, message }) => {
    const stops = code === "leak-suspect" ? "Runs are blocked by it: add it" : "If so, add it";
    const unless = code === "leak-suspect" ? ", or accept it if it is known before" : "";
    return `${message} ${stops} to \`features.exclude\` in model.yaml${unless}.`;
  });
  const more = leaks.length - shown.length;
  return more === 0 ? shown : [...shown, `${more} more columns look like that; \`refit check\` lists them.`];
}
