import type { FeatureSpec, IgnoredReason } from "../features/feature-spec.ts";
import type { FindingCode } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import type { Profile } from "./profile.ts";
import { leastValues } from "./signature.ts";
import { usualValue } from "./usual-value.ts";

/** What the champion cannot rely on, as names of source columns. */
export interface Unused {
  /** It reads them for nothing. */
  readonly unread: readonly string[];
  /** They had one value, or none, in all rows that it was trained on but for a few. */
  readonly constant: readonly string[];
}

/** Columns that are read for nothing; the others have a part in the split, the tests or the target. */
const unreadReasons: readonly IgnoredReason[] = ["excluded", "not-included", "identifier"];

/**
 * What the champion cannot rely on. A column that `prepare` names is used: who knows what is made of it.
 *
 * @param prepare the SQL; `null`: the source as it is.
 */
export function unusedColumns(
  { ignored }: Pick<FeatureSpec, "ignored">,
  { columns }: Profile,
  prepare: string | null,
): Unused {
  const sql = prepare?.toLowerCase() ?? "";
  const unread = ignored.filter(({ reason }) => unreadReasons.includes(reason)).map(({ name }) => name);
  const constant = columns.filter(isConstant).map(({ name }) => name);
  return {
    unread: unread.filter((name) => !sql.includes(name.toLowerCase())),
    constant: constant.filter((name) => !sql.includes(name.toLowerCase())),
  };
}

/** Below both, other values than the usual one are too few to learn from. */
const few = { rows: leastValues, share: 0.01 };

function isConstant(column: Profile["columns"][number]): boolean {
  const { rows, nulls } = column;
  if (nulls === rows) return true;
  const others = usualValue(column)?.others ?? Infinity;
  return nulls === 0 && others < few.rows && others < few.share * rows;
}

/** They are about several columns, and name one only so that they can be accepted. */
const ofFiles: ReadonlySet<string> = new Set<FindingCode>(["missing-together", "swapped-columns"]);

/** Turns suspects about such columns into warnings: they cannot mislead a model that does not read them. */
export function excuseUnused(findings: readonly Finding[], { unread, constant }: Unused): Finding[] {
  return findings.map((found) => {
    if (found.severity !== "suspect" || found.column === null || ofFiles.has(found.code)) return found;
    const why = unread.includes(found.column)
      ? "The champion does not use the column"
      : constant.includes(found.column)
        ? "The column hardly ever varied before, so the champion cannot rely on it"
        : null;
    return why === null
      ? found
      : { ...found, severity: "warning", message: `${found.message} ${why}, so this blocks nothing.` };
  });
}
