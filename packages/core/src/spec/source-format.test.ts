import { describe, expect, it } from "vitest";
import { sourceFormat, unreadEnding } from "./source-format.ts";

describe("unreadEnding", () => {
  it.each<[path: string, ending: string, advice: string]>([
    [
      "movies.json",
      "ends in .json;",
      "rename it to .jsonl; a list becomes such lines by `jq -c '.[]' movies.json > rows.jsonl`",
    ],
    ["data/adult.data", "ends in .data;", "rename it to .csv"],
    ["notes.txt", "ends in .txt;", "rename it to .csv"],
    ["a.txt.gz", "ends in .txt.gz;", "rename it to .csv"],
    ["Sales 2024.xlsx", "ends in .xlsx;", "Save the sheet as CSV"],
    ["a.csv.zip", "ends in .csv.zip;", "Unpack it first"],
    ["a.zst", "ends in .zst;", "Unpack it first"],
    ["a.parquet.gz", "ends in .parquet.gz;", "Parquet is compressed inside"],
    ["a.feather", "ends in .feather;", "Export its rows"],
    ["data", "has no ending;", "Rename it"],
    ["v1.2/data", "has no ending;", "Rename it"],
  ])("%s", (path, ending, advice) => {
    expect(sourceFormat(path)).toBeNull();
    expect(unreadEnding(path)).toContain(ending);
    expect(unreadEnding(path)).toContain(advice);
  });
});
