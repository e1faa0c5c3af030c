import { createHash } from "node:crypto";
import type { LabelTable } from "../../../ports/prediction-logs.ts";
import type { Session } from "../session.ts";
import { identifier, literal } from "../sql-text.ts";
import { nameSql } from "./line-columns.ts";
import { writeParquet } from "./write-parquet.ts";

const millisecondsOfDay = 86_400_000;

/** Writes which answer or key each label is about, when it became known, and what it says. */
export async function writeLabels(session: Session, table: LabelTable, file: string): Promise<void> {
  const from = `read_parquet(${literal(table.localPath)})`;
  const types = new Map((await session.describe(`SELECT * FROM ${from}`)).map(({ name, type }) => [name, type]));
  const typeOf = (name: string) => types.get(name) ?? "";
  const known = knownSql(identifier(table.time), typeOf(table.time));
  const label = textSql(identifier(table.target), typeOf(table.target));
  const sql = `SELECT [${aboutSql(table.about, typeOf).join(", ")}] AS names, ${known} AS known, ${label} AS label FROM ${from}`;
  await writeParquet(session, { sql, file, facts: "labels" });
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
function aboutSql(about: LabelTable["about"], typeOf: (name: string) => string): string[] {
  if ("id" in about) return [nameSql(`nullif(${textSql(identifier(about.id), typeOf(about.id))}, '')`)];
  const texts = about.key.map((name) => textSql(identifier(name), typeOf(name)));
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
