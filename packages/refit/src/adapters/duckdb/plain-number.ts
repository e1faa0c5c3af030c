import type { Field } from "@refit/core/spec";

import { literal } from "./sql-text.ts";

/** What may stand around a number that is not bare: letters, currency signs, per cent and the like, never a digit or a bracket. */
const around = String.raw`[\p{L}\p{Sc}\p{Z}\s%‰°/²³]*`;

/**
 * SQL of a number's text as DuckDB reads it, where the manifest says that it is written otherwise; empty, which is not a
 * number, where it is not written so. Groups have three digits, or two before the last three as in 12,34,567.
 */
export function plainNumberSql(
  text: string,
  form: Pick<Field, "decimalChar" | "groupChar" | "bareNumber" | "unit"> | null,
): string {
  const { decimalChar = ".", groupChar, bareNumber = true, unit } = form ?? {};
  if (decimalChar === "." && groupChar === undefined && bareNumber) return text;
  const point = anyOf(decimalChar);
  const group = anyOf(groupChar ?? "");
  const beside = unit === undefined ? around : String.raw`[\p{Z}\s]*(?:${anyOf(unit)})?[\p{Z}\s]*`;
  const sides = bareNumber ? String.raw`\s*` : beside;
  const sign = bareNumber ? "([+-]?)()" : `([+-]?)${beside}([+-]?)`;
  const written = (whole: string) => literal(`^\\s*${sign}(${whole})(?:${point}([0-9]*))?([eE][+-]?[0-9]+)?${sides}$`);
  const plain = written("[0-9]*");
  const grouped = groupChar === undefined ? plain : written(`[0-9]{1,3}(?:${group}[0-9]{2,3})*${group}[0-9]{3}|[0-9]*`);
  const digits = groupChar === undefined ? text : `replace(${text}, ${literal(groupChar)}, '')`;
  const number = `regexp_replace(${digits}, ${plain}, ${literal(String.raw`\1\2\3.\4\5`)})`;
  return `CASE WHEN regexp_matches(${text}, ${grouped}) THEN ${number} ELSE '' END`;
}

/** A character as a regular expression knows it, whatever it means there. */
function anyOf(letter: string): string {
  return [...letter].map((each) => String.raw`\x{${each.codePointAt(0)!.toString(16)}}`).join("");
}
