import { readFileSync } from "node:fs";

import { SpecInvalidError } from "@refit/core/errors";
import { checkModelSpec } from "@refit/core/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";

import { installedLearners } from "../adapters/learners/index.ts";
import {
  readDataManifest as readDataManifestWith,
  readLayoutSpec,
  readModelSpec as readModelSpecWith,
} from "./documents.ts";

const modelText = fixture("model.yaml");
const manifestText = fixture("data-manifest.yaml");
const minimal = parse(modelText) as Record<string, unknown>;

function fixture(file: string): string {
  return readFileSync(new URL(`../../test/fixtures/${file}`, import.meta.url), "utf8");
}

const { installed } = installedLearners({ env: {}, onLine: () => {} });
const readModelSpec = (file: string, text: string) => readModelSpecWith(file, text, installed);
const readDataManifest = (file: string, text: string) => readDataManifestWith(file, text, [""]);

function failure(text: string, read: (file: string, text: string) => unknown = readModelSpec): SpecInvalidError {
  try {
    read("m.yaml", text);
  } catch (error) {
    if (error instanceof SpecInvalidError) return error;
    throw error;
  }
  throw new Error("was read without a problem");
}

function places(error: SpecInvalidError): string[] {
  return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

describe("the examples of the documentation", () => {
  it("refit.yaml is read, and told with its places where it is wrong", () => {
    const text = fixture("refit.yaml");

    expect(readLayoutSpec(text)).toEqual({
      dashboard: "issue",
      models: ["models/**", "apps/*/*", "libs/**/ml"],
      parallel: 2,
    });
    const wrong = failure(text.replace("libs/**/ml", "./libs"), (_file, written) => readLayoutSpec(written));
    expect(places(wrong)).toEqual(['4:5: models[2]: "./libs" matches no folder; write "libs"']);
    expect(places(failure("# none\n", (_file, written) => readLayoutSpec(written)))).toEqual([
      "1:1: is empty; remove the file, or list folders of models: `models: [models/**]`",
    ]);
  });

  it("model.yaml is read, with its defaults", () => {
    expect(readModelSpec("m.yaml", modelText)).toMatchObject({
      target: "damaged",
      positive: true,
      holdout: { days: 365, minRows: 200 },
      validation: {},
      maxModelMiB: 50,
    });
  });

  it("the data manifest is read, with its defaults", () => {
    const manifest = readDataManifest("d.yaml", manifestText);

    expect(manifest.schema.fields).toHaveLength(8);
    expect(manifest).toMatchObject({ schema: { missingValues: [""] }, checks: { maxNullRate: 0.5, accept: [] } });
  });

  it("reads no as text: YAML 1.2", () => {
    expect(readModelSpec("m.yaml", modelText.replace("positive: true", "positive: no")).positive).toBe("no");
  });

  it("a byte order mark and Windows line endings change nothing", () => {
    const windows = `\uFEFF${modelText.replaceAll("\n", "\r\n")}`;

    expect(readModelSpec("m.yaml", windows)).toEqual(readModelSpec("m.yaml", modelText));
  });

  it("aliases are resolved", () => {
    const text = modelText
      .replace("exclude: [cost_repair", "exclude: [&cost cost_repair")
      .replace("slices: [", "slices: [*cost, ");

    expect(readModelSpec("m.yaml", text).slices[0]).toBe("cost_repair");
  });
});

describe("where a problem is", () => {
  it.each<[why: string, from: string, to: string, place: string]>([
    [
      "unknown key: the key",
      "cooldownHours: 24",
      "cooldownHour: 24",
      '18:59: retrain.cooldownHour: unknown key; did you mean "cooldownHours"?',
    ],
    [
      "wrong value: the value",
      "minNewRows: 500",
      "minNewRows: x",
      '18:41: retrain.minNewRows: expected a whole number above 0, found the text "x"',
    ],
    [
      "in a list: the entry",
      "leaves: 15",
      "leaves: 1",
      "9:42: candidates[0].leaves: expected a whole number from 2 to 1024, found 1",
    ],
    ["missing in a map: the map's key", "primary: rocAuc, ", "", "12:1: metrics.primary: missing"],
    ["missing in an entry: the entry", "learner: linear", "l2: 1", "10:5: candidates[1].learner: missing"],
    ["missing at the top: the beginning", "target: damaged", "", "2:1: target: missing; expected a column name"],
    [
      "nothing: behind the key",
      "seed: 7",
      "seed:",
      "20:6: seed: expected a whole number from 0 to 4294967295, found nothing",
    ],
    ["combination: the value", "time: flight_date ", "", "11:18: holdout.days: counts days back"],
    ["merge key", "seed: 7", "<<: 7", '20:1: "<<": merge keys (<<) are not supported; write the keys out'],
  ])("%s", (_why, from, to, place) => {
    const error = failure(modelText.replace(from, to));

    expect(places(error)).toEqual([expect.stringContaining(place)]);
  });

  it("stops at an alias: the contents stand elsewhere", () => {
    const text = modelText.replace("holdout: {", "holdout: &h {").replace("retrain: {", "retrain: *h\nx: {");

    expect(places(failure(text))).toContainEqual(expect.stringMatching(/^18:10: retrain.days: unknown key/));
  });

  it("all at once, in the order of the file, with the lines around the first", () => {
    const text = modelText.replace("target: damaged", "tarqet: damaged").replace("seed: 7", "seed: no");

    expect(failure(text).message).toBe(
      [
        "m.yaml cannot be used: 2 problems.",
        'm.yaml:4:1: tarqet: unknown key; did you mean "target"?',
        "  3 | data: birdstrikes # data-manifests/birdstrikes.yaml",
        "  4 | tarqet: damaged",
        "    | ^",
        'm.yaml:20:7: seed: expected a whole number from 0 to 4294967295, found the text "no"',
      ].join("\n"),
    );
  });

  it("shows at most fifty and counts the rest", () => {
    const text = `${modelText}${Array.from({ length: 60 }, (_, i) => `k${i}: 1`).join("\n")}`;
    const error = failure(text);

    expect(error.problems).toHaveLength(60);
    expect(error.message).toContain("… and 10 more");
  });

  it.each([["abcd-1234"], ["'abcd-1234'"], ["abcd-1234 # ours"], ["lower_case_1234"], ["1234"]])(
    "shows no token %s that stands in the place of a name",
    (token) => {
      const text = `sources:\n  - path: https://h.example/a.csv\n    token: ${token}\n`;

      const { message } = failure(text, (...given) => readDataManifestWith(...given, ["", "https"]));

      expect(message).toContain("token");
      expect(message).not.toContain("1234");
    },
  );

  it.each([
    ["a password", "https://me:secret@host/x.csv", "secret"],
    ["a control character", "x\u0007.xlsx", "\u0007"],
    ["a direction mark", "x\u202E.xlsx", "\u202E"],
  ])("repeats no %s", (_why, path, hidden) => {
    const text = manifestText.replace("data/birdstrikes/*.csv", path);

    expect(failure(text, readDataManifest).message).not.toContain(hidden);
  });
});

describe("text that is not a document", () => {
  const bomb = [
    "a: &a [x,x,x,x,x,x,x,x]",
    ...["b", "c", "d", "e"].map((key, i) => `${key}: &${key} [${Array(8).fill(`*${"abcd"[i]}`).join()}]`),
  ];

  it.each<[why: string, text: string, place: string]>([
    ["empty", "", "1:1: is empty; `refit init` writes one to start with"],
    ["only comments", "# nothing\n", "1:1: is empty; `refit init` writes one to start with"],
    ["a list", "- a\n", "1:1: expected a map, found a list"],
    ["text", "hello\n", '1:1: expected a map, found the text "hello"'],
    [
      "a tab",
      "task: binary\nholdout:\n\tdays: 3\n",
      "3:1: this line is indented with a tab; YAML must be indented with spaces",
    ],
    [
      "two documents",
      "task: binary\n---\ntask: binary\n",
      "2:1: a second YAML document starts here, but a file must have only one (remove the ---)",
    ],
    ["a key twice", "seed: 1\nseed: 2\n", "2:1: this key is already in the map; keep one of them"],
    ["YAML 1.1", "%YAML 1.1\n---\na: no\n", "1:1: declares a YAML version other than 1.2"],
    ["a tag", "a: !!set { b }\n", "1:10: YAML tags (!…) are not supported; remove the tag"],
    ["an unknown tag", "a: !mine b\n", "YAML tags (!…) are not supported; remove the tag"],
    ["a map as key", "? [a]\n: 1\n", "1:3: a key must be plain text"],
    ["a number as key", "1: 1\n", "1:1: a key must be plain text"],
    ["a key with a meaning in JavaScript", "__proto__: 1\n", "1:1: a key must be plain text"],
    ["an unclosed list", "slices: [a\nseed: 7\n", "cannot be read as YAML: "],
    [
      "an alias of nothing",
      "a: *b\n",
      "1:1: its aliases (*name) name no anchor (&name), or expand to too much; write the values out",
    ],
    [
      "aliases that explode",
      bomb.join("\n"),
      "1:1: its aliases (*name) name no anchor (&name), or expand to too much; write the values out",
    ],
    ["deep nesting", "[".repeat(50_000), "is nested too deeply to be read"],
    ["a huge file", "#".repeat(250_001), "1:1: has more than 250000 characters; is it the right file?"],
  ])("%s", (_why, text, place) => {
    expect(places(failure(text))[0]).toContain(place);
  });
});

describe("any spec", () => {
  const column = fc.string({ minLength: 1, maxLength: 12 });
  const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
  const spec = fc
    .record({
      target: column,
      positive: optional(fc.oneof(column, fc.boolean(), fc.integer())),
      time: optional(column),
      candidates: fc.array(
        fc.oneof(
          fc.record({ learner: fc.constant("gbdt"), trees: fc.integer({ min: 1, max: 10_000 }) }),
          fc.record({
            learner: fc.constant("linear"),
            l2: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
          }),
        ),
        { minLength: 1, maxLength: 4 },
      ),
      slices: fc.uniqueArray(column, { maxLength: 3 }),
      retrain: fc.record({ drift: fc.boolean(), minNewRows: optional(fc.integer({ min: 1, max: 1e9 })) }),
      seed: fc.integer({ min: 0, max: 4_294_967_295 }),
    })
    .map((some) => ({
      ...some,
      task: "binary",
      data: "d",
      metrics: { primary: "rocAuc" },
      gates: [{ metric: "rocAuc", min: 0.5 }],
    }))
    .filter(({ target, time }) => target !== time);

  it("survives YAML unchanged", () => {
    fc.assert(
      fc.property(spec, (written) => {
        const checked = checkModelSpec(JSON.parse(JSON.stringify(written)), installed);

        expect(checked).toEqual({ ok: true, value: readModelSpec("m.yaml", stringify(written)) });
      }),
    );
  });

  /** Paths to every map of the example, and to every value. */
  const paths = pathsOf(minimal);
  const maps = [[], ...paths.filter((path) => isMap(at(minimal, path)))];

  it("an unknown key anywhere is one problem, at that key", () => {
    const word = fc.stringMatching(/^zz[a-z]{6,12}$/);
    fc.assert(
      fc.property(fc.constantFrom(...maps), word, (path, key) => {
        const broken = structuredClone(minimal);
        (at(broken, path) as Record<string, unknown>)[key] = 1;
        const text = stringify(broken);
        const error = failure(text);

        expect(error.problems).toHaveLength(1);
        const { line, column: start, message } = error.problems[0]!;
        expect(message).toContain(`${key}: unknown key`);
        expect(text.split("\n")[line - 1]!.slice(start - 1)).toMatch(new RegExp(`^${key}: 1`));
      }),
    );
  });

  it("a value of a kind that no key takes is a problem with a place inside the file", () => {
    const wrong = fc.constantFrom<unknown>(null, { zzzzzzzz: 1 }, [[1]], Number.NaN, [{ a: [] }]);
    fc.assert(
      fc.property(fc.constantFrom(...paths), wrong, (path, value) => {
        const broken = structuredClone(minimal);
        (at(broken, path.slice(0, -1)) as Record<PropertyKey, unknown>)[path.at(-1)!] = value;
        const text = stringify(broken);

        expectInside(failure(text), text);
      }),
    );
  });

  it("no text at all throws anything but SpecInvalidError", () => {
    const yamlish = fc.string({
      unit: fc.constantFrom(..."ab:-?[]{},&*!|>'\"%@`#\n\t <~1.\u0000\uFEFF\uD800é"),
      maxLength: 60,
    });
    const cut = fc
      .tuple(fc.nat(modelText.length), yamlish, fc.nat(30))
      .map(([from, inserted, length]) => modelText.slice(0, from) + inserted + modelText.slice(from + length));
    fc.assert(
      fc.property(fc.oneof(yamlish, fc.string({ unit: "binary" }), cut), (text) => {
        for (const read of [readModelSpec, readDataManifest]) {
          try {
            read("m.yaml", text);
          } catch (error) {
            expect(error).toBeInstanceOf(SpecInvalidError);
            expectInside(error as SpecInvalidError, text);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  function expectInside(error: SpecInvalidError, text: string): void {
    const rows = text.replace(/^\uFEFF/, "").split("\n");
    expect(error.problems.length).toBeGreaterThan(0);
    for (const { line, column: start } of error.problems) {
      expect(rows[line - 1], `line ${line} of ${rows.length}`).toBeDefined();
      expect(start).toBeGreaterThanOrEqual(1);
      expect(start).toBeLessThanOrEqual(rows[line - 1]!.length + 1);
    }
  }
});

type Path = (string | number)[];

function isMap(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pathsOf(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [];
  const keys: Path = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [[key], ...pathsOf(at(value, [key])).map((rest) => [key, ...rest])]);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], value);
}

describe("who answers for a program's model", () => {
  const problemsOf = (candidate: object) =>
    failure(
      stringify({ ...minimal, candidates: [{ learner: "command", train: ["python", "train.py"], ...candidate }] }),
    )
      .problems.map(({ message }) => message)
      .join("\n");

  it.each([
    ["nobody", {}, /candidates\[0\]\.predict: is missing: name the program that predicts, or in its place `onnx`/],
    ["two", { predict: ["python", "p.py"], onnx: "model.onnx" }, /candidates\[0\]\.onnx: takes the place of predict/],
    ["a file elsewhere", { onnx: "../model.onnx" }, /candidates\[0\]\.onnx: .*must be a file in the model folder/],
    ["a file without a name", { onnx: "" }, /candidates\[0\]\.onnx/],
    ["a store without a runner", { runnerStore: "/mnt" }, /candidates\[0\]\.runnerStore: needs `runner`; add it/],
    ["an end without a runner", { runnerStop: ["x"] }, /candidates\[0\]\.runnerStop: needs `runner`; add it/],
    [
      "a store here",
      { runner: ["x"], runnerStore: "mnt" },
      /runnerStore: "mnt" must be an absolute path, or begin with s3:/,
    ],
  ])("%s", (_who, candidate, message) => {
    expect(problemsOf(candidate)).toMatch(message);
  });

  it("a file that the program writes", () => {
    const text = stringify({ ...minimal, candidates: [{ learner: "command", train: ["x"], onnx: "model.onnx" }] });

    expect(readModelSpec("m.yaml", text).candidates[0]).toMatchObject({ onnx: "model.onnx" });
  });
});
