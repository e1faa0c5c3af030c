import type { MetricName } from "@refit/core/spec";
import type { Stretch } from "./result.ts";

/**
 * What a table of a replay does not show, a sentence each: nights that are not measured, and nights that ended with an error.
 *
 * @param quote makes the name of a policy harmless where the sentences go.
 */
export function stretchNotes(
  primary: MetricName,
  { lines, measured, steps }: Stretch,
  quote: (name: string) => string,
): readonly string[] {
  const unmeasured = `${primary} is measured on ${measured} of ${steps} nights, those on which every row of the table had a model.`;
  return [
    ...(measured === steps ? [] : [unmeasured]),
    ...lines
      .filter(({ failures }) => failures > 0)
      .map(
        ({ name, failures }) =>
          `${quote(name)}: ${failures} of ${steps} nights ended with an error, which backtest.json names.`,
      ),
  ];
}
