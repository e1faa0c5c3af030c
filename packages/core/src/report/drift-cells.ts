import type { ColumnDrift } from "../data/measure-drift.ts";
import type { DriftVerdict } from "../data/drift-verdict.ts";
import { percent } from "../data/percent.ts";
import { leastClassifierRows, type ClassifierDrift } from "../data/classifier-drift.ts";
import { counted } from "./number-text.ts";
import { formatNumber } from "./format-number.ts";
import { sparkline } from "./sparkline.ts";
import { data, joinTexts, say, type Text } from "./text.ts";

/** Headings of `driftCells`; the column's name, which must be escaped for its place, stands before them. */
export const driftHeadings = ["role", "importance", "status", "PSI", "drift from", "effect", "then", "now"] as const;

/** More bars than this tell nothing. */
const mostBars = 24;

/** What is known of a column's drift, as short texts without any data value in them. */
export function driftCells(column: ColumnDrift): string[] {
  const { role, importance, status, reason, psi, floor, counts } = column;
  return [
    role,
    importance === null ? "–" : percent(importance),
    reason === null ? statusWords[status] : `${statusWords[status]}: ${reasonWords[reason]}`,
    number(psi),
    number(floor),
    effectWords(column),
    sparkline(counts?.before.slice(0, mostBars) ?? []),
    sparkline(counts?.now.slice(0, mostBars) ?? []),
  ];
}

/** Why a column was not measured, or does not count; `null`: it was, and does. */
export function driftReason({ reason }: Pick<ColumnDrift, "reason">): string | null {
  return reason === null ? null : reasonWords[reason];
}

const statusWords = { ok: "ok", drift: "drift", insufficient: "not judged", error: "error" } as const;

const reasonWords = {
  "few-rows": "fewer than 200 rows",
  new: "not in the champion's data",
  gone: "not in the new data",
  "other-type": "another type than before",
  "always-moves": "dates and times always move",
  "not-kept": "the champion's version has no record of it",
  "not-applicable": "the champion cannot be applied to the new files",
} as const;

function effectWords({ ks, wasserstein, jsDistanceBase2 }: ColumnDrift): string {
  const parts = [
    ks === null ? [] : [`KS ${formatNumber(ks)}`],
    wasserstein === null ? [] : [`Wasserstein ${formatNumber(wasserstein)} sd`],
    jsDistanceBase2 === null ? [] : [`JS distance ${formatNumber(jsDistanceBase2)}`],
  ];
  return parts.flat().join(", ");
}

/** One sentence on the data as a whole. */
export function driftVerdictSentence({ level, columns }: DriftVerdict): string {
  const scale = `(level ${formatNumber(level)}, drift from 1)`;
  const some = counted(columns.length, "column");
  if (level >= 1) return `The data as a whole have drifted${columns.length === 0 ? "" : `, in ${some}`} ${scale}.`;
  if (columns.length === 0) return `No column has drifted ${scale}.`;
  return `${some} drifted, too little to call it drift of the data as a whole ${scale}.`;
}

/** One sentence on what a classifier made of all features together. */
export function classifierSentence({ status, rows, auc, p, features }: ClassifierDrift): Text {
  if (auc === null || p === null) {
    return say`A classifier needs ${leastClassifierRows} rows on each side to tell new rows from the champion's; there are ${rows}.`;
  }
  const verb = status === "drift" ? "can" : "cannot";
  const by =
    features.length === 0
      ? ""
      : say`, by ${joinTexts(
          features.map((name) => [data(name)]),
          ", ",
        )} most of all`;
  const area = `AUC ${formatNumber(auc)}, drift from 0.6, p = ${formatNumber(p)}`;
  return say`A classifier ${verb} tell the new rows from the champion's${status === "drift" ? by : ""} (${area}, ${rows} rows each).`;
}

function number(value: number | null): string {
  return value === null ? "–" : formatNumber(value);
}
