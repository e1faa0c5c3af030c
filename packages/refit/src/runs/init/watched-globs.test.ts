import { expect, it } from "vitest";
import { watchedGlob } from "./watched-globs.ts";

it.each([
  ["data/rows.csv", "data/rows.csv"],
  ["./data/../rows.csv", "rows.csv"],
  ["data/*.csv", "data/**"],
  ["data/2026-[0-9]*/rows-{a,b}.csv", "data/**"],
  ["*.csv", "**"],
  // Signs that GitHub would take for its own, in a folder's name.
  ["data (+1)/it's #1!/*.csv", "data (*1)/it*s *1*/**"],
  ["data/a+b.csv", "data/a*b.csv"],
])("%s is watched as %s", (source, glob) => {
  expect(watchedGlob(source)).toBe(glob);
});
