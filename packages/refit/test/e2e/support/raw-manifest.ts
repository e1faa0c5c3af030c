/** A `prepare` with dates, CASE and a regular expression, over columns that are renamed and cast. */
const fields = [
  { name: "customer", type: "string" },
  { name: "signed", from: "day", type: "date", format: "%Y-%m-%d" },
  { name: "plan", type: "string", missingValues: ["", "pro"] },
  { name: "usage", from: "hours", type: "number", missingValues: ["", "-1"] },
  { name: "complaints", type: "integer" },
  { name: "gone", from: "left", type: "boolean" },
];
const prepare = `SELECT customer, signed AS day, upper(regexp_replace(plan, '[aeiou]', '', 'g')) AS tariff, usage / 7 AS daily,
  date_diff('day', DATE '2025-12-31', signed) % 7 AS weekday,
  CASE WHEN complaints > 2 THEN 'angry' WHEN usage IS NULL THEN 'unknown' ELSE 'calm' END AS mood, complaints,
  gone AS "left" FROM source WHERE complaints < 4 OR signed > DATE '2026-01-15'`;
export const rawManifest = { schema: { fields }, prepare };
