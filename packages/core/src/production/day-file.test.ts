import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumArm } from "./arm-sums.ts";
import { armsOfDay, dayFileText, mergeDayFiles, readDayFile, type DayFile, type DayPart } from "./day-file.ts";

const settings = { task: "binary", classes: 2, metrics: ["rocAuc"] } as const;

/** @param labels one for each answer; NaN: not known. */
function partOf(files: readonly string[], labels: readonly number[], by = "s"): DayPart {
  const arm = sumArm(
    {
      version: "a".repeat(40),
      arm: null,
      other: null,
      answers: Float64Array.from(labels, (_, i) => (i % 10) / 10),
      otherAnswers: null,
      labels: Float64Array.from(labels),
      delays: Float64Array.from(labels, (label) => (Number.isNaN(label) ? NaN : 2)),
    },
    settings,
  );
  return {
    files: [...files],
    settings: by,
    answers: labels.length,
    labelled: arm.sums.rows,
    arms: [arm] as DayPart["arms"],
  };
}

const fileOf = (...parts: DayPart[]): DayFile => ({ format: 1, model: "churn", day: "2026-12-01", parts });
const answersIn = (file: DayFile) =>
  armsOfDay(file).reduce(
    (sum, { arrivals }) => sum + arrivals.answered.reduce((total, [, rows]) => total + rows, 0),
    0,
  );

describe("mergeDayFiles", () => {
  const few = partOf(["f1"], [0, NaN, NaN]);
  const more = partOf(["f1"], [0, 1, NaN]);
  const all = partOf(["f1", "f2"], [0, 1, NaN, NaN, NaN]);
  const elsewhere = partOf(["f3"], [1, 1]);

  it.each<[what: string, earlier: DayFile | null, later: DayFile, parts: readonly DayPart[]]>([
    ["what is new", null, fileOf(few), [few]],
    ["more labels", fileOf(few), fileOf(more), [more]],
    ["fewer labels", fileOf(more), fileOf(few), [more]],
    ["more files", fileOf(more), fileOf(all), [all]],
    ["fewer files", fileOf(all), fileOf(more), [all]],
    ["other files", fileOf(all), fileOf(elsewhere), [all, elsewhere]],
    ["other settings", fileOf(more), fileOf(partOf(["f1"], [0, NaN, NaN], "t")), [partOf(["f1"], [0, NaN, NaN], "t")]],
    ["a label that was corrected", fileOf(more), fileOf(partOf(["f1"], [0, 0, NaN])), [partOf(["f1"], [0, 0, NaN])]],
  ])("of %s", (_what, earlier, later, parts) => {
    expect(dayFileText(mergeDayFiles(earlier, later))).toBe(dayFileText(fileOf(...parts)));
  });

  it("counts a log file once, whatever parts know it", () => {
    const overlapping = partOf(["f2", "f3"], [0, 0, 0]);
    const merged = mergeDayFiles(fileOf(all, elsewhere), fileOf(overlapping));

    expect(merged.parts).toHaveLength(2);
    expect(answersIn(merged)).toBe(3);
  });

  it("loses nothing, in any order of monitors", () => {
    const labels = fc.array(fc.constantFrom(0, 1, NaN), { minLength: 3, maxLength: 3 });
    const parts = fc.array(fc.tuple(fc.constantFrom("f1", "f2", "f3", "f4"), labels), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (drawn, random) => {
        const files = drawn.map(([name, of]) => fileOf(partOf([name], of)));
        const known = (file: DayFile) =>
          file.parts.map(({ files: [name], labelled }) => [name, labelled].join()).toSorted((a, b) => (a < b ? -1 : 1));
        const shuffled = files.map((file) => ({ file, by: random.next().value })).sort((a, b) => a.by - b.by);
        const one = files.reduce<DayFile | null>(mergeDayFiles, null)!;
        const other = shuffled.map(({ file }) => file).reduce<DayFile | null>(mergeDayFiles, null)!;

        expect(known(other)).toEqual(known(one));
      }),
    );
  });

  it("is read as it was written, and refuses what is not a day", () => {
    const text = dayFileText(fileOf(all, elsewhere));

    expect(dayFileText(readDayFile("production/churn/2026-12-01.json", text))).toBe(text);
    expect(() => readDayFile("d.json", "{")).toThrow(/d\.json:1.*it is not JSON/);
    expect(() => readDayFile("d.json", '{"format":2}')).toThrow(/has format 2/);
    expect(() => readDayFile("d.json", text.replace('"model"', '"modle"'))).toThrow(/model/);
  });
});
