import { describe, expect, it } from "vitest";
import { sha256 } from "../sha256.ts";
import { encodeText } from "../text.ts";
import { isGrown } from "./grown-file.ts";

const grown = (before: string, now: string, path = "data/a.csv") => {
  const then = encodeText(before);
  return isGrown({ path }, encodeText(now), { bytes: then.length, sha256: sha256(then) });
};
const head = "a,b\n1,2\n";

describe("isGrown", () => {
  it.each<[why: string, before: string, now: string, path?: string]>([
    ["a row more", head, `${head}3,4\n`],
    ["rows more, the last one without its end", head, `${head}3,4\n5,6`],
    ["the old last row had no end", "a,b\n1,2", "a,b\n1,2\n3,4\n"],
    ["the old last row had no end, and lines end as on Windows", "a,b\r\n1,2", "a,b\r\n1,2\r\n3,4\r\n"],
    ["values in quotes", 'a,b\n"1\n",2\n', 'a,b\n"1\n",2\n3,"4"\n'],
    ["a name that goes on in the next line", '"a\n",b\n1,2\n', '"a\n",b\n1,2\n3,4\n'],
    ["JSON lines", '{"a":1}\n', '{"a":1}\n{"a":1}\n', "data/a.jsonl"],
  ])("%s", (_why, before, now, path) => {
    expect(grown(before, now, path)).toBe(true);
  });

  it.each<[why: string, before: string, now: string, path?: string]>([
    ["an earlier row was corrected", head, "a,b\n9,2\n3,4\n"],
    ["a row was put before the others", head, "a,b\n3,4\n1,2\n"],
    ["the header is another one", head, "a,c\n1,2\n3,4\n"],
    ["the last value goes on", "a,b\n1,2", "a,b\n1,25\n3,4\n"],
    ["nothing was appended", head, head],
    ["it became shorter", head, "a,b\n"],
    ["it is compressed", head, `${head}3,4\n`, "data/a.csv.gz"],
    ["it is not text", head, `${head}3,4\n`, "data/a.parquet"],
    ["there was nothing", "", head],
  ])("not: %s", (_why, before, now, path) => {
    expect(grown(before, now, path)).toBe(false);
  });
});
