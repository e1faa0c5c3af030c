import { createHash } from "node:crypto";
import type { LabelTable } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { identifier, literal } from "../sql-text.ts";
import { nameSql } from "./line-columns.ts";

/** Labels of all tables: which answer or key each is about, when it became known, and what it says. */
export const labelsTable = "refit_labels";
const millisecondsOfDay = 86_400_000;

/** @returns how many labels there are, and how many say too little to be used. */
export async function loadLabels(
  session: Session,
  labels: readonly LabelTable[],
): Promise<{ readonly rows: number; readonly empty: number }> {
  await session.run(`CREATE TEMP TABLE ${labelsTable} (number UBIGINT, about UBIGINT, known BIGINT, label VARCHAR)`);
  let rows = 0;
  let next = 0;
  for (const table of labels) {
    const from = `read_parquet(${literal(table.localPath)})`;
    const types = new Map((await session.describe(`SELECT * FROM ${from}`)).map(({ name, type }) => [name, type]));
    const known = knownSql(identifier(table.time), types.get(table.time) ?? "");
    const label = textSql(identifier(table.target), types.get(table.target) ?? "");
    const named = aboutSql(table.about, types);
    // A row may be found by its hashed and by its plain key, and stays one label.
    const rowsSql = `SELECT ${next} + row_number() OVER () AS number, ${known} AS known, ${label} AS label, [${named.join(", ")}] AS names FROM ${from}`;
    await session.run(
      `INSERT INTO ${labelsTable} SELECT number, about, known, label FROM (SELECT number, unnest(names) AS about, known, label FROM (${rowsSql})) ` +
        "WHERE about IS NOT NULL AND known IS NOT NULL AND label IS NOT NULL",
    );
    const [counted] = await session.rows(`SELECT count(*) FROM ${from}`);
    rows += Number(counted![0]);
    next += Number(counted![0]);
  }
  const [used] = await session.rows(`SELECT count(DISTINCT number) FROM ${labelsTable}`);
  return { rows, empty: rows - Number(used![0]) };
}

/** Epoch milliseconds. A date stands for the end of its day: an answer of that day is before it. */
function knownSql(time: string, type: string): string {
  return type === "DATE" ? `epoch_ms(${time}) + ${millisecondsOfDay - 1}` : `epoch_ms(${time})`;
}

/** A value as a class is written: whole numbers without a decimal point. */
function textSql(value: string, type: string): string {
  if (type !== "DOUBLE") return `${value}::VARCHAR`;
  return `CASE WHEN ${value} = floor(${value}) AND abs(${value}) < 1e15 THEN ${value}::BIGINT::VARCHAR ELSE ${value}::VARCHAR END`;
}

/** SQL of 64 bits that name what a label is about, as the log has it: its id, or its key in each form that it may have. */
function aboutSql(about: LabelTable["about"], types: ReadonlyMap<string, string>): string[] {
  if ("id" in about) return [nameSql(`nullif(${textSql(identifier(about.id), types.get(about.id) ?? "")}, '')`)];
  const texts = about.key.map((name) => textSql(identifier(name), types.get(name) ?? ""));
  const isWhole = texts.map((text) => `${text} IS NOT NULL`).join(" AND ");
  const list = `to_json([${texts.join(", ")}])::VARCHAR`;
  const plain = texts.length === 1 ? texts[0]! : list;
  const forms = about.salt === null ? [plain] : [hmacSql(list, about.salt), plain];
  return forms.map((form) => `CASE WHEN ${isWhole} THEN ${nameSql(form)} END`);
}

/** HMAC-SHA256 of a text in hexadecimal, by its definition (RFC 2104): a million keys are hashed where they lie. */
function hmacSql(text: string, salt: string): string {
  const bytes = Buffer.from(salt);
  const block = Buffer.alloc(64);
  (bytes.length > 64 ? createHash("sha256").update(bytes).digest() : bytes).copy(block);
  const pad = (byte: number) => `from_hex('${Buffer.from(block.map((each) => each ^ byte)).toString("hex")}')`;
  return `sha256(${pad(0x5c)} || from_hex(sha256(${pad(0x36)} || encode(${text}))))`;
}
