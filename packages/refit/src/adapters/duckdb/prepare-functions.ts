import type { Session } from "./session.ts";

/** What `prepare` may call: a function of its arguments alone, that ends soon after it has read them. */
export interface KnownFunctions {
  /** Every name that DuckDB lists, in small letters. A name that is not among them has no meaning to it either. */
  readonly all: ReadonlySet<string>;
  /** Those that give another result on another run, or on another machine. */
  readonly changing: ReadonlySet<string>;
  readonly allowed: ReadonlySet<string>;
  /** Those of them that take many rows, or give many. */
  readonly ofRows: ReadonlySet<string>;
}

let asked: Promise<KnownFunctions> | null = null;

/**
 * Asks DuckDB for its functions, so that one which a later release brings is judged by what it says of itself. It is asked
 * once, since that takes as long as a hundred statements: all sessions are of one library, no session loads an extension,
 * and nothing that may run in one makes another function.
 */
export function knownFunctions(session: Session): Promise<KnownFunctions> {
  asked ??= askFunctions(session).catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

async function askFunctions(session: Session): Promise<KnownFunctions> {
  const rows = await session.rows(
    "SELECT lower(function_name), function_type, stability FROM duckdb_functions() WHERE function_name IS NOT NULL",
  );
  const all = new Set<string>();
  const changing = new Set(unlisted);
  const steady = new Set<string>();
  const ofRows = new Set(macrosOfRows);
  for (const [name, type, stability] of rows as [string, string, string | null][]) {
    all.add(name);
    if (stability === "VOLATILE" || stability === "CONSISTENT_WITHIN_QUERY") changing.add(name);
    if ((type === "scalar" || type === "aggregate") && stability === "CONSISTENT") steady.add(name);
    if (type === "aggregate") ofRows.add(name);
    if (type === "macro" && (name.startsWith("list_") || harmlessMacros.has(name))) steady.add(name);
  }
  const allowed = new Set([...steady, "unnest"].filter((name) => !changing.has(name) && !lookingElsewhere.has(name)));
  return { all, changing, allowed, ofRows };
}

/** Macros over the clock, and functions that depend on session or chance, which DuckDB does not call volatile. */
const unlisted = [
  "ago",
  "current_localtime",
  "current_localtimestamp",
  "current_setting",
  "getvariable",
  "pg_conf_load_time",
  "pg_postmaster_start_time",
  "reservoir_quantile",
  "vector_type",
  "version",
];

/** Functions of their arguments whose arguments name something that is not in the statement. */
const lookingElsewhere = new Set(["json_serialize_plan", "parse_duckdb_log_message"]);

/** Macros that only compute. Others wait (`pg_sleep`), or look at the catalog and the session. */
const harmlessMacros = new Set([
  "array_append",
  "array_pop_back",
  "array_pop_front",
  "array_prepend",
  "array_push_back",
  "array_push_front",
  "array_reverse",
  "array_to_string",
  "array_to_string_comma_default",
  "date_add",
  "days_in_month",
  "fdiv",
  "fmod",
  "generate_subscripts",
  "geomean",
  "geometric_mean",
  "histogram",
  "histogram_values",
  "json",
  "json_group_array",
  "json_group_object",
  "json_group_structure",
  "map_contains_entry",
  "map_contains_value",
  "md5_number_lower",
  "md5_number_upper",
  "nullif",
  "pg_size_pretty",
  "pg_typeof",
  "regexp_split_to_table",
  "round_even",
  "roundbankers",
  "split_part",
  "wavg",
  "weighted_avg",
]);

/** What makes many rows of one, and macros over aggregates. */
const macrosOfRows = [
  "generate_subscripts",
  "geomean",
  "geometric_mean",
  "json_group_array",
  "json_group_object",
  "json_group_structure",
  "regexp_split_to_table",
  "unnest",
  "wavg",
  "weighted_avg",
];

/** Table functions that read nothing but their arguments. */
export const harmlessTables: ReadonlySet<string> = new Set(["range", "generate_series", "unnest"]);
