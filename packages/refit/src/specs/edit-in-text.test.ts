import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { editInText, putKeysInText, type TextEdit } from "./edit-in-text.ts";

const text = `# Who leaves.
task: binary # yes or no
candidates: # all are trained
  - { learner: gbdt }
  - { learner: gbdt, training: { days: 60 }, trees: 50 } # forgets
  - learner: linear
    training: # fades
      halfLifeDays: 90
      days: 300   # a year, nearly

    seed: 4
holdout: { days: 14, minRows: 200 } # the fewest
retrain:
    maxAgeDays: 7   # the rhythm
    minNewRows: 300 # a burst
    # what follows is usual
    cooldownHours: 24
seed: 7`;

const edits = (...list: [path: TextEdit["path"], value: number | null][]) =>
  list.map(([path, value]): TextEdit => ({ path, value }));

/** The lines that are not in both, as a diff has them. */
function changed(after: string, before = text): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe("editInText", () => {
  it.each<[what: string, edit: TextEdit[], diff: string[]]>([
    [
      "puts a number in place of another, below and in brackets",
      edits([["retrain", "maxAgeDays"], 28], [["holdout", "days"], 7]),
      [
        "-holdout: { days: 14, minRows: 200 } # the fewest",
        "-    maxAgeDays: 7   # the rhythm",
        "+holdout: { days: 7, minRows: 200 } # the fewest",
        "+    maxAgeDays: 28   # the rhythm",
      ],
    ],
    [
      "adds one to what is there",
      edits([["retrain", "performanceMargin"], 0.02], [["holdout", "blockDays"], 2]),
      [
        "-holdout: { days: 14, minRows: 200 } # the fewest",
        "+holdout: { days: 14, minRows: 200, blockDays: 2 } # the fewest",
        "+    performanceMargin: 0.02",
      ],
    ],
    ["adds what is not there below a key", edits([["training", "days"], 94]), ["+training: { days: 94 }"]],
    [
      "takes a line out, and leaves the comments around it",
      edits([["retrain", "minNewRows"], null]),
      ["-    minNewRows: 300 # a burst"],
    ],
    [
      "takes something out of brackets",
      edits([["candidates", 1, "training"], null]),
      [
        "-  - { learner: gbdt, training: { days: 60 }, trees: 50 } # forgets",
        "+  - { learner: gbdt, trees: 50 } # forgets",
      ],
    ],
    [
      "takes the first out of brackets",
      edits([["holdout", "days"], null]),
      ["-holdout: { days: 14, minRows: 200 } # the fewest", "+holdout: { minRows: 200 } # the fewest"],
    ],
    [
      "takes out what has lines of its own",
      edits([["candidates", 2, "training"], null]),
      ["-    training: # fades", "-      halfLifeDays: 90", "-      days: 300   # a year, nearly"],
    ],
    [
      "takes an entry of a list out",
      edits([["candidates", 1], null]),
      ["-  - { learner: gbdt, training: { days: 60 }, trees: 50 } # forgets"],
    ],
    ["replaces the last line of a file", edits([["seed"], 8]), ["-seed: 7", "+seed: 8"]],
  ])("%s", (_what, edit, diff) => {
    expect(changed(editInText(text, edit, "candidates"))).toEqual(diff);
  });

  it("keeps the line ends of a file", () => {
    const windows = text.replaceAll("\n", "\r\n");

    expect(
      editInText(windows, edits([["training", "days"], 94], [["retrain", "minNewRows"], null]), "candidates"),
    ).toBe(
      editInText(text, edits([["training", "days"], 94], [["retrain", "minNewRows"], null]), "candidates").replaceAll(
        "\n",
        "\r\n",
      ),
    );
  });

  it.each<[why: string, text: string, path: TextEdit["path"], value: number | null, wanted: object]>([
    ["an alias", "a: &x { days: 1 }\nb: *x\n", ["b"], 3, { a: { days: 1 }, b: 3 }],
    ["nothing below a key", "a: 1\nb:\n", ["b"], 2, { a: 1, b: 2 }],
    ["all in brackets", "{ a: 1, b: { c: 2 } }", ["b", "c"], 3, { a: 1, b: { c: 3 } }],
    ["the first key of an entry", "a:\n  - b: 1\n    c: 2\n", ["a", 0, "b"], null, { a: [{ c: 2 }] }],
    ["the only key", "a:\n  b: 1\n", ["a", "b"], null, { a: {} }],
    ["a comment in brackets", "a: {\n  b: 1 # one\n}\n", ["a", "c"], 2, { a: { b: 1, c: 2 } }],
  ])("means the same where the layout is one it does not know: %s", (_why, before, path, value, wanted) => {
    expect(parse(editInText(before, [{ path, value }], "a"))).toEqual(wanted);
  });
});

describe("putKeysInText", () => {
  it("puts whole keys in place of others, as they are written, and leaves the rest to the letter", () => {
    const other = "training: { days: 94 } # new\nretrain:\n  maxAgeDays: 28 # slow\n  drift: false\nseed: 7\n";

    expect(changed(putKeysInText(text, other, "candidates"))).toEqual([
      "-    maxAgeDays: 7   # the rhythm",
      "-    minNewRows: 300 # a burst",
      "-    # what follows is usual",
      "-    cooldownHours: 24",
      "+training: { days: 94 }",
      "+  maxAgeDays: 28 # slow",
      "+  drift: false",
    ]);
  });

  it.each<[why: string, before: string, other: string, wanted: object]>([
    ["an alias", "a: &x 1\nb: *x\n", "b: 2\n", { a: 1, b: 2 }],
    ["all in brackets", "{ a: 1, b: 2 }", "b: { c: 3 }\n", { a: 1, b: { c: 3 } }],
    ["the other in brackets", "a: 1\nb: 2\n", "{ b: { c: 3 }, d: 4 }", { a: 1, b: { c: 3 }, d: 4 }],
    ["nothing below a key", "a: 1\nb:\n", "b: 2\n", { a: 1, b: 2 }],
    ["text of several lines", "a: 1\nb: 2\n", "b: |\n  one\n  two\n", { a: 1, b: "one\ntwo\n" }],
  ])("means the same where the layout is one it does not know: %s", (_why, before, other, wanted) => {
    expect(parse(putKeysInText(before, other, "a"))).toEqual(wanted);
  });
});
