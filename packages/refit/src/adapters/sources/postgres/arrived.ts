import { createHash } from "node:crypto";
import { PassingFault } from "../remote/patience.ts";
import type { DescribedColumn } from "./columns.ts";
import type { QueryAnswer } from "./session.ts";

/*
 * Without TLS nothing but the checksums of TCP protects an answer, and they miss damage now and then. So the server sends
 * digests along, and nothing of an answer is used before what arrived has them.
 */

type ArrivedRow = readonly (string | null)[];

/** Lines of `contentsOf`, all of them, without what they were checked by. @throws PassingFault */
export function wholeContents({ rows }: Pick<QueryAnswer, "rows">): readonly ArrivedRow[] {
  return rows.map((line) => {
    const digest = line.at(-1);
    const told = line.slice(0, -1).map((value) => value ?? "");
    if (told.at(-1) !== String(rows.length) || md5(told.join(" ")) !== digest) throw damaged();
    return line.slice(0, -2);
  });
}

/** Rows of `intervalRows`, each with its hash, without what they were checked by. @throws PassingFault */
export function wholeRows(
  { columns, rows }: QueryAnswer,
  described: readonly DescribedColumn[],
): readonly ArrivedRow[] {
  const names = JSON.stringify(columns.slice(0, -2));
  if (names !== JSON.stringify(described)) throw damaged();
  return rows.map((row) => {
    const values = row.slice(0, -2).map((value) => value ?? "");
    const [hash, digest] = row.slice(-2);
    if (md5(`(${values.join(",")})`.replaceAll(/["\\]/g, "") + (hash ?? "")) !== digest) throw damaged();
    return row.slice(0, -1);
  });
}

const damaged = () => new PassingFault("what the database sent was damaged on the way");
const md5 = (text: string) => createHash("md5").update(text).digest("hex");
