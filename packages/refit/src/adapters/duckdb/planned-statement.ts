import type { DuckDBConnection, DuckDBDataChunk, DuckDBPreparedStatement } from "@duckdb/node-api";

/** Runs a statement once those before it have ended. */
export type InTurn = <T>(statement: () => Promise<T>) => Promise<T>;

/** A statement that DuckDB plans once. */
export interface PlannedStatement {
  /**
   * Runs it with these texts as its parameters, in their order: values, which are never read as SQL.
   *
   * @param until instant of `performance.now()` at which it is interrupted.
   * @returns `null`: it was not done by then.
   */
  run(texts: readonly (string | null)[], until: number): Promise<readonly DuckDBDataChunk[] | null>;
}

/** An interrupt ends the statement that runs, if it looks; it is told again until it has. */
const interruptMilliseconds = 50;

export function plannedStatement(
  connection: Pick<DuckDBConnection, "interrupt">,
  statement: DuckDBPreparedStatement,
  inTurn: InTurn,
): PlannedStatement {
  const run = async (texts: readonly (string | null)[]) => {
    for (const [i, text] of texts.entries()) {
      if (text === null) statement.bindNull(i + 1);
      else statement.bindVarchar(i + 1, text);
    }
    return (await statement.run()).fetchAllChunks();
  };
  return {
    run: (texts, until) =>
      inTurn(async () => {
        const left = until - performance.now();
        // It may have waited for others until now.
        if (left <= 0) return null;
        let again: NodeJS.Timeout | undefined;
        const timer = setTimeout(() => {
          again = setInterval(() => connection.interrupt(), interruptMilliseconds);
          connection.interrupt();
        }, left);
        try {
          return await run(texts);
        } catch (error) {
          if (again !== undefined) return null;
          throw error;
        } finally {
          clearTimeout(timer);
          clearInterval(again);
        }
      }),
  };
}
