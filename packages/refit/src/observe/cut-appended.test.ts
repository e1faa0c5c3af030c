import { describe, expect, it } from "vitest";
import { sha256 } from "../sha256.ts";
import { decodeText, encodeText } from "../text.ts";
import { cutAppended } from "./cut-appended.ts";

const cut = (before: string, now: string, path = "data/a.csv") => {
  const then = encodeText(before);
  const format = path.endsWith("l") ? ("jsonl" as const) : ("csv" as const);
  const parts = cutAppended({ path, format }, encodeText(now), { bytes: then.length, sha256: sha256(then) });
  return parts && { head: decodeText(parts.head), end: decodeText(parts.end) };
};
const head = "a,b\n1,2\n";

describe("cutAppended", () => {
  it.each<[why: string, before: string, now: string, end: string]>([
    ["a row more", head, `${head}3,4\n`, "a,b\n3,4\n"],
    ["rows more, the last one without its end", head, `${head}3,4\n5,6`, "a,b\n3,4\n5,6"],
    ["the old last row had no end", "a,b\n1,2", "a,b\n1,2\n3,4\n", "a,b\n3,4\n"],
    ["values in quotes", 'a,b\n"1\n",2\n', 'a,b\n"1\n",2\n3,"4"\n', 'a,b\n3,"4"\n'],
  ])("%s", (_why, before, now, end) => {
    expect(cut(before, now)).toEqual({ head: before, end });
  });

  it("has no header in JSON lines", () => {
    const row = '{"a":1}\n';

    expect(cut(row, `${row}${row}`, "data/a.jsonl")).toEqual({ head: row, end: row });
  });

  it.each<[why: string, before: string, now: string, path?: string]>([
    ["an earlier row was corrected", head, "a,b\n9,2\n3,4\n"],
    ["a row was put before the others", head, "a,b\n3,4\n1,2\n"],
    ["the last value goes on", "a,b\n1,2", "a,b\n1,25\n3,4\n"],
    ["nothing was appended", head, head],
    ["only the end of the last row was", "a,b\n1,2", "a,b\n1,2\n"],
    ["it became shorter", head, "a,b\n"],
    ["a name may go on in the next line", '"a\n",b\n1,2\n', '"a\n",b\n1,2\n3,4\n'],
    ["it is compressed", head, `${head}3,4\n`, "data/a.csv.gz"],
    ["it is no text", head, `${head}3,4\n`, "data/a.parquet"],
    ["there was nothing", "", head],
  ])("is nothing where %s", (_why, before, now, path) => {
    expect(cut(before, now, path)).toBeNull();
  });
});
