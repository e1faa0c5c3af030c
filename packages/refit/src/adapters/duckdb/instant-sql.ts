import { identifier } from "./sql-text.ts";

/** SQL of a date or a time as epoch milliseconds. */
export const instantSql = (column: string) => `epoch_ms(${identifier(column)})::DOUBLE`;
