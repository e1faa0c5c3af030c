import { describe, expect, it } from "vitest";
import { isLeftBehind, temporaryName } from "./left-behind.ts";

const day = 24 * 3_600_000;
const mine = temporaryName();
/** No process has this number: it is above what any kernel gives. */
const killed = mine.replace(`.${process.pid}.`, ".2147483646.");

describe("isLeftBehind", () => {
  it.each<[what: string, name: string, age: number, left: boolean]>([
    ["what this process makes", mine, 0, false],
    ["what it has been making for days", mine, 3 * day, false],
    [
      "what another process that runs has been making for days",
      mine.replace(`.${process.pid}.`, `.${process.ppid}.`),
      3 * day,
      false,
    ],
    ["the same after more than a month", mine, 31 * day, true],
    ["a file that it is writing", `churn.json.${mine}.tmp`, 0, false],
    ["what a killed process made", killed, 0, true],
    ["a file that it was writing", `churn.json.${killed}.tmp`, 0, true],
    ["of another machine, which cannot be asked", killed.replace(/^\w+/, "elsewhere0"), day / 2, false],
    ["the same after a day", killed.replace(/^\w+/, "elsewhere0"), day + 1, true],
    ["of an earlier refit", "run-Ab12", 0, false],
    ["the same after a day", "run-Ab12", day + 1, true],
  ])("%s", (_what, name, age, left) => {
    expect(isLeftBehind(name, age)).toBe(left);
  });

  it("is asked of names that are never equal", () => {
    expect(new Set([mine, temporaryName(), temporaryName()]).size).toBe(3);
  });
});
