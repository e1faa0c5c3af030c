import { describe, expect, it } from "vitest";
import type { ColumnText } from "../../ports/surveys.ts";
import type { DataNote } from "./data-note.ts";
import { declareColumns, type SeenColumn } from "./declare-columns.ts";

type Counts = Readonly<Record<string, number>>;

/** A column of text with how many rows have each. */
function column(name: string, counts: Counts, type: SeenColumn["type"] = "string"): SeenColumn {
  const texts = Object.entries(counts).map(([text, count], i): ColumnText => {
    return { text, count, file: "d.csv", row: i + 1 };
  });
  return { name, type, texts };
}
const told = (notes: readonly DataNote[]) =>
  notes.map(({ what, at, advice }) => `${what}${at === null ? "" : ` @${at.row}`}. ${advice}`);
const alone = (counts: Counts, separator = ",", type: SeenColumn["type"] = "string") => {
  const { columns, missingValues, notes } = declareColumns([column("x", counts, type)], separator);
  return { column: columns[0], missingValues, notes: told(notes) };
};

describe("missing values", () => {
  it.each<[why: string, counts: Counts, type: string, missing: string[]]>([
    ["NA among numbers", { "1.5": 9, "2.5": 9, NA: 2 }, "number", ["NA"]],
    ["a blank before it", { " 1": 9, " 2": 9, " ?": 2 }, "integer", [" ?"]],
    ["several", { "1": 9, "2": 9, "-": 1, "n/a": 1, None: 1 }, "integer", ["-", "n/a", "None"]],
    ["white space alone", { "1": 9, "2": 9, "  ": 2 }, "integer", ["  "]],
    ["NULL among decimal commas", { "1,5": 9, "2,25": 9, NULL: 1 }, "number", ["NULL"]],
    ["NA among ISO dates", { "2024-01-31": 9, "2024-02-01": 9, NA: 1 }, "date", ["NA"]],
    ["unknown among German dates", { "31.01.2024": 9, "1.2.2024": 9, unknown: 1 }, "date", ["unknown"]],
    ["NA among answers", { yes: 9, no: 9, NA: 2 }, "string", ["NA"]],
    ["? among words", { Private: 9, State: 9, "?": 2 }, "string", ["?"]],
    ["a spreadsheet's error", { "0.5": 9, "0.25": 9, "#DIV/0!": 1 }, "number", ["#DIV/0!"]],
    ["a word that nobody knows, in one row of many", { "1": 99, "2": 99, closed: 1 }, "integer", ["closed"]],
  ])("%s", (_why, counts, type, missing) => {
    const found = alone(counts);

    expect(found.column).toMatchObject({ name: "x", type });
    expect(found.missingValues).toEqual(["", ...missing]);
    expect(found.notes.join()).toContain("Such a row has no value there (`missingValues`)");
  });

  it.each<[why: string, counts: Counts]>([
    ["the country code NA", { DE: 9, FR: 9, NA: 2 }],
    ["the continent NA", { EU: 9, AS: 9, AF: 1, NA: 2 }],
    ["lower-case codes", { de: 9, fr: 9, na: 2 }],
    ["the strand -", { "+": 9, "-": 8 }],
    ["None as an answer", { Minor: 9, Major: 9, None: 8 }],
    ["unknown as an answer", { married: 9, single: 9, unknown: 8 }],
  ])("a word is a value: %s", (_why, counts) => {
    const found = alone(counts);

    expect(found.column).toEqual({ name: "x", type: "string" });
    expect(found.missingValues).toEqual([""]);
  });

  it("says that a code may be a missing value after all", () => {
    expect(alone({ DE: 9, FR: 9, NA: 2 }).notes).toEqual([
      '"x" has "NA" as a value, beside codes such as "DE". If it means that there is no value, declare `missingValues: ["","NA"]` for that column.',
    ]);
  });

  it("are decided by column: NA is no value of a number and a country", () => {
    const { columns, missingValues } = declareColumns(
      [
        column("x", { NA: 3 }, "number"),
        column("country", { DE: 9, NA: 3 }),
        column("damage", { None: 5, Minor: 5, NA: 1 }),
        column("speed", { None: 1, "5": 9 }, "integer"),
      ],
      ",",
    );

    expect(missingValues).toEqual(["", "NA", "None"]);
    expect(columns).toEqual([
      { name: "x", type: "number" },
      { name: "country", type: "string", missingValues: ["", "None"] },
      { name: "damage", type: "string", missingValues: ["", "NA"] },
      { name: "speed", type: "integer" },
    ]);
  });
});

describe("numbers that are written otherwise", () => {
  it.each<[why: string, counts: Counts, field: object, separator?: string]>([
    ["decimal commas", { "1,5": 3, "2,25": 3 }, { type: "number", decimalChar: "," }, ";"],
    ["German thousands", { "1.234,5": 3, "2,25": 3 }, { type: "number", decimalChar: ",", groupChar: "." }, ";"],
    ["English thousands", { "1,234,567": 3, "12": 3 }, { type: "number", groupChar: "," }],
    ["per cent", { "12%": 3, "3.5%": 3 }, { type: "number", bareNumber: false, unit: "%" }],
    ["dollars", { "$1,200": 3, "$3.50": 3 }, { type: "number", groupChar: ",", bareNumber: false, unit: "$" }],
    ["1,234 in a file with semicolons", { "1,234": 3, "2,345": 3 }, { type: "number", decimalChar: "," }, ";"],
    ["1,234 in a file with commas", { "1,234": 3, "2,345": 3 }, { type: "number", groupChar: "," }],
  ])("%s", (_why, counts, field, separator = ",") => {
    const { column: declared, notes } = alone(counts, separator);

    expect(declared).toEqual({ name: "x", ...field });
    expect(notes[0]).toContain('"x" has numbers that are written like "');
  });

  it("names the other reading where both fit", () => {
    expect(alone({ "1,234": 3 }, ";").notes).toEqual([
      '"x" has numbers that are written like "1,234". They are read with `decimalChar: ","`. If that is wrong, declare `groupChar: ","` instead: both read these values.',
    ]);
  });

  it("goes by the columns that can be read in one way only", () => {
    const { columns } = declareColumns([column("a", { "1,234": 3 }), column("b", { "0,5": 3 })], ",");
    const english = declareColumns([column("a", { "1,234": 3 }), column("b", {}, "number")], ";");

    expect(columns[0]).toMatchObject({ decimalChar: "," });
    expect(english.columns[0]).toMatchObject({ groupChar: "," });
  });

  it.each<[why: string, counts: Counts]>([
    ["codes with zeros in front", { "00123": 3, "00124": 3 }],
    ["numbers of a card", { "4111111111111111111": 3 }],
    ["ranges", { "18-25": 3, "26-35": 3 }],
    ["different units", { "1.2M": 3, "300K": 3 }],
    ["words", { a: 3, b: 3 }],
  ])("are not seen in %s", (_why, counts) => {
    expect(alone(counts)).toEqual({ column: { name: "x", type: "string" }, missingValues: [""], notes: [] });
  });
});

describe("a few texts that do not fit", () => {
  it("are named with their place: one word among numbers is no value", () => {
    expect(alone({ "1": 300, "2": 299, closed: 1 }).notes).toEqual([
      '599 of 600 values of "x" look like numbers; the other is "closed" @3. Such a row has no value there (`missingValues`); correct the file if that is wrong.',
    ]);
  });

  it.each<[why: string, counts: Counts, note: string]>([
    [
      "a number with a slip",
      { "1": 300, "2": 299, ">500": 1 },
      '599 of 600 values of "x" look like numbers; the other is ">500" @3. It is declared as text.',
    ],
    [
      "many words",
      { "1": 300, "2": 200, open: 60, closed: 40 },
      '500 of 600 values of "x" look like numbers; the other 100 are "open", "closed" @3. It is declared as text.',
    ],
    [
      "a negative in brackets",
      { "1.5": 300, "2.5": 299, "(3.5)": 1 },
      '599 of 600 values of "x" look like numbers; the other is "(3.5)" @3.',
    ],
    [
      "a date of another form",
      { "2024-01-31": 300, "2024-02-01": 299, "3.2.24": 1 },
      '599 of 600 values of "x" look like dates; the other is "3.2.24" @3.',
    ],
    [
      "another decimal sign",
      { "1,5": 300, "2,5": 299, "3.5": 1 },
      '599 of 600 values of "x" look like numbers; the other is "3.5" @3.',
    ],
  ])("leave the column what it is: %s", (_why, counts, note) => {
    const found = alone(counts);

    expect(found.column).toEqual({ name: "x", type: "string" });
    expect(found.notes[0]).toContain(note);
    expect(found.notes[0]).toContain("or declare `type: ");
  });
});

describe("columns without values, and names", () => {
  it.each<[why: string, counts: Counts, missing: string[]]>([
    ["empty", { "": 9 }, []],
    ["white space", { " ": 9, "": 1 }, [" "]],
    ["NA in every row", { NA: 9 }, ["NA"]],
    ["several words", { "-": 9, "?": 1 }, ["-", "?"]],
    ["no row at all", {}, []],
  ])("are not declared: %s", (_why, counts, missing) => {
    const { columns, empty, missingValues, notes } = declareColumns([column("x", counts), column("y", { a: 1 })], ",");

    expect(columns).toEqual([{ name: "y", type: "string" }]);
    expect(empty).toEqual(["x"]);
    expect(missingValues).toEqual(["", ...missing]);
    expect(told(notes)[0]).toContain("its type is inferred when values come");
  });

  it.each<[raw: string, name: string]>([
    [" churned", "churned"],
    ["churned ", "churned"],
    ["\uFEFFchurned", "churned"],
    ["churned\u00A0", "churned"],
    ["churned\n(0/1)", "churned (0/1)"],
  ])("%j is named %j from here on", (raw, name) => {
    const { columns } = declareColumns([column(raw, { a: 1 })], ",");

    expect(columns).toEqual([{ name, from: raw, type: "string" }]);
  });

  it("keeps names that would be one name", () => {
    const { columns } = declareColumns([column("a", { a: 1 }), column(" a", { a: 1 })], ",");

    expect(columns.map(({ name }) => name)).toEqual(["a", " a"]);
  });

  it("says that day and month cannot be told apart, and the choices", () => {
    expect(alone({ "01/02/2024": 9, "03/04/2024": 9 }).notes).toEqual([
      '"x" holds dates such as "01/02/2024", whose day and month cannot be told apart. It is declared as text; declare `type: date, format: "%d/%m/%Y"` or `type: date, format: "%m/%d/%Y"` to read it.',
    ]);
  });
});

describe("whole numbers beside decimal commas", () => {
  it.each<[why: string, counts: Counts, missing: string[]]>([
    ["with a total in the last row", { "1": 1, "2": 1, "30": 1, ...numbered(20), Total: 1 }, ["Total"]],
    ["with a sum in German", { ...numbered(30), Summe: 1 }, ["Summe"]],
    ["with NA", { ...numbered(30), NA: 2 }, ["NA"]],
    ["with a blank before them", { " 7": 5, " 8": 5, "?": 1 }, ["?"]],
    ["with signs", { "-7": 5, "+8": 5, "-": 1 }, ["-"]],
    ["of four digits, which a point would group", { "1200": 9, "3400": 9, none: 1 }, ["none"]],
  ])("are whole numbers: %s", (_why, counts, missing) => {
    const { columns, missingValues, fractions, notes } = declareColumns(
      [column("price", { "1,5": 40, "22,75": 40 }), column("n", counts)],
      ";",
    );

    expect(columns[1]).toEqual({ name: "n", type: "integer" });
    expect(missingValues).toEqual(["", ...missing]);
    expect(fractions).toBe(",");
    expect(told(notes).join()).not.toContain('"n" has numbers that are written like');
  });

  it.each<[why: string, columns: SeenColumn[], fractions: "," | null]>([
    ["a comma somewhere", [column("a", { "1,5": 9 })], ","],
    ["a comma here and a point there", [column("a", { "1,5": 9 }), column("b", {}, "number")], null],
    ["a comma that may group thousands", [column("a", { "1,500": 9 })], null],
    ["points", [column("b", {}, "number")], null],
    ["semicolons alone", [column("b", {}, "integer")], null],
    ["words", [column("b", { x: 5, y: 4 })], null],
  ])("would have a fraction as the others show it: %s", (_why, columns, fractions) => {
    expect(declareColumns(columns, ";").fractions).toBe(fractions);
  });
});

describe("texts among numbers that may mean no value", () => {
  it.each([1, 2, 3])("are offered as such, where they are %i", (count) => {
    const odd = Object.fromEntries(["low", "high", "off"].slice(0, count).map((text) => [text, 10]));

    const [note] = alone({ ...numbered(60), ...odd }).notes;

    expect(note).toContain(`with \`missingValues: ${JSON.stringify(["", ...Object.keys(odd)])}\` if they mean`);
  });

  it.each([4, 5, 20])("are not, where they are %i: the list would be a guess", (count) => {
    const odd = Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`reading ${"abcdefghijklmnopqrst"[i]!}`, 2]),
    );

    const [note] = alone({ ...numbered(60), ...odd }).notes;

    expect(note).toContain("declare `type: number`; a run then names each text that is not one.");
  });
});

function numbered(rows: number): Counts {
  return Object.fromEntries(Array.from({ length: rows }, (_, i) => [String(i + 1), 1]));
}
