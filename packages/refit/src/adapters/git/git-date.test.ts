import { expect, it } from "vitest";
import { gitDate } from "./git-date.ts";

it.each([
  [Date.UTC(2024, 0, 31, 7, 30, 15, 999), "@1706686215 +0000"],
  [0, "@0 +0000"],
  [Date.UTC(1949, 0, 1), "@0 +0000"],
])("%d is %s", (at, date) => {
  expect(gitDate(at)).toBe(date);
});
