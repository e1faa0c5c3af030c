import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { longFiles, longFilesFirst } from "./long-files.ts";

const file = (name: string, place: string) => ({ moduleId: `/clone/${place}`, project: { name } });

it("names files that are there", () => {
  const root = new URL("../../../", import.meta.url);

  expect(longFiles.filter((place) => !existsSync(new URL(place, root)))).toEqual([]);
});

it("begins with the longest of a project, keeps projects together, and loses no file", () => {
  const [longest, second] = [file("processes", longFiles[0]!), file("processes", longFiles[1]!)];
  const [short, shorter] = [file("processes", "packages/a.test.ts"), file("processes", "packages/b.test.ts")];
  const [engine, unit] = [file("engine", "packages/c.test.ts"), file("unit", "packages/d.test.ts")];

  const sorted = longFilesFirst([engine, short, second, shorter, longest, unit]);

  expect(sorted).toEqual([engine, longest, second, short, shorter, unit]);
});
