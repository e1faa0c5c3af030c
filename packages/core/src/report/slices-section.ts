import type { Comparison, MetricRow, SliceRow } from "../judge/comparison.ts";
import { primaryRow } from "../judge/primary-row.ts";
import type { MetricName } from "../spec/model-spec.ts";
import { counted, intervalText, number, optionalSigned, signed } from "./number-text.ts";
import { paragraph, tableOf, type Section } from "./section.ts";
import { data, say, type Text } from "./text.ts";

/** All slices, folded; the worst that is large enough is always in sight. */
export function slicesSection({ slices, primary }: Comparison): Section | null {
  if (slices.length === 0) return null;
  const sorted = worstFirst(slices, primary);
  const rows = sorted.map((slice) => [nameOf(slice), String(slice.rows), ...valueCells(slice, primary)]);
  const head = ["slice", "rows", "champion", "challenger", `improvement of ${primary}`, "p (not worse)", "Holm’s p"];
  const worst = sorted.find((slice) => slice.sufficient && valueOf(slice, primary)?.improvement !== undefined);
  const words =
    worst === undefined
      ? say`No slice is large enough to be compared (100 rows and 10 of each class).`
      : say`Worst: ${nameOf(worst)}, improvement of ${primary} ${signed(valueOf(worst, primary)!.improvement!)} on ${worst.rows} rows (Holm p of “not worse”: ${number(worst.pHolm)}).`;
  const blocks = [tableOf(head, rows)];
  return {
    id: "slices",
    title: "Slices",
    body: [
      paragraph(words),
      { kind: "details", summary: say`${counted(slices.length, "slice")}, worst first`, blocks },
    ],
    keep: 40,
  };
}

/** Those that are too small to be judged stand last: what they show is mostly luck. */
export function worstFirst(slices: readonly SliceRow[], primary: MetricName): SliceRow[] {
  const rank = (slice: SliceRow) => valueOf(slice, primary)?.improvement ?? Infinity;
  return slices.toSorted((a, b) => Number(b.sufficient) - Number(a.sufficient) || compare(rank(a), rank(b)));
}

/** Infinity less itself is not a number. */
const compare = (a: number, b: number) => (a === b ? 0 : a - b);

function valueOf({ metrics }: SliceRow, primary: MetricName): MetricRow | undefined {
  return primaryRow({ metrics, primary });
}

function valueCells(slice: SliceRow, primary: MetricName): string[] {
  const value = valueOf(slice, primary);
  const improvement = `${optionalSigned(value?.improvement)}${value === undefined ? "" : intervalText(value)}`;
  return [
    number(value?.champion),
    number(value?.challenger),
    slice.sufficient ? improvement : "too few rows to judge",
    number(slice.pRegression),
    number(slice.pHolm),
  ];
}

function nameOf({ column, value }: SliceRow): Text {
  return say`${data(column)} = ${data(value)}`;
}
