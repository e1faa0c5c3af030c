import type { AddressProblem } from "./address-problem.ts";
import type { Source } from "./data-manifest.ts";

/** A database is named, not addressed: its address holds a password. @returns a sentence that repeats nothing of it. */
export function queryPathProblem(path: string): string | null {
  if (/^postgres:[a-z0-9][a-z0-9_-]{0,62}$/.test(path)) return null;
  if (path.startsWith("postgres://"))
    return "has the address of a database in it; put the address into an environment variable, write its name (`connection: NAME`), and call the rows what you like: postgres:orders";
  return "is not a name such as postgres:orders, in lower-case letters, digits, - and _";
}

/** What a database cannot be read without. */
export function missingQueryKeys(source: Source): AddressProblem[] {
  const needed = {
    query: "a SELECT, such as `query: SELECT id, amount, updated_at FROM orders`",
    connection:
      "the name of the environment variable with the address of the database, such as `connection: DATABASE_URL`",
    cursor: "the column that says when a row arrived, such as `cursor: updated_at`",
  } as const;
  return (["query", "connection", "cursor"] as const).flatMap((key) =>
    source[key] === undefined ? [{ key, sentence: `missing; expected ${needed[key]}` }] : [],
  );
}

/** The database refuses more than one statement and any change; this says early what text can tell. */
export function queryProblem(query: string): string | null {
  const text = query.replace(/^(?:\s|--[^\n]*\n|\/\*.*?\*\/)+/s, "");
  if (text.trim() === "") return "holds no SQL; write a SELECT";
  return /^(?:select|with)\b/i.test(text) ? null : "is not a SELECT; a query begins with SELECT or WITH";
}
