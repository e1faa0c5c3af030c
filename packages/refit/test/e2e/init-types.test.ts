import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import path from "node:path";
import { init } from "../../src/runs/init/init.ts";
import { generator } from "./support/churn.ts";
import { openScene, type Scene } from "./support/scene.ts";

interface Row {
  readonly i: number;
  readonly x: number;
  readonly y: boolean;
}

/** CSV of rows whose `x` tells `y`, written in whichever way. */
function written(header: string, cells: (row: Row) => string, rows = 300): string {
  const random = generator(7);
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = Number((random() * 4000 - 2000).toFixed(2));
    return cells({ i, x, y: random() < 1 / (1 + Math.exp(-x / 400)) });
  });
  return `${header}\n${lines.join("\n")}\n`;
}

const word = (y: boolean) => (y ? "yes" : "no");
const day = (i: number) => new Date(Date.UTC(2024, 0, 1) + i * 86_400_000).toISOString().slice(0, 10);
const german = new Intl.NumberFormat("de-DE", { minimumFractionDigits: 2 });
const english = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2 });

async function sceneWith(files: Readonly<Record<string, string>>): Promise<Scene> {
  const repository = await createRepository();
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository);
  await scene.land(files);
  return scene;
}

const manifest = (scene: Scene) => scene.git("show", ":data-manifests/d.yaml");
const features = async (scene: Scene) =>
  (
    JSON.parse(await scene.git("show", "refit--d:models/d/champion/features.json")) as {
      features: { kind: string; name: string }[];
    }
  ).features.map(({ kind, name }) => `${kind} ${name}`);

describe("what init wrote about a file is how run reads it", () => {
  it.each<[why: string, text: string, flags: object, field: RegExp, told: RegExp | null, feature: string]>([
    [
      "decimal commas and German thousands",
      written("x;c;y", ({ i, x, y }) => `${german.format(x)};${"abc"[i % 3]!};${word(y)}`),
      {},
      /name: x, type: number, decimalChar: ",", groupChar: "\."/,
      /"x" has numbers that are written like "/,
      "numeric x",
    ],
    [
      "English thousands in quotes",
      written("x,c,y", ({ i, x, y }) => `"${english.format(x)}",${"abc"[i % 3]!},${word(y)}`),
      {},
      /name: x, type: number, groupChar: ","/,
      null,
      "numeric x",
    ],
    [
      "per cent",
      written("x,c,y", ({ i, x, y }) => `${x} %,${"abc"[i % 3]!},${word(y)}`),
      {},
      /name: x, type: number, bareNumber: false, unit: "%"/,
      /"%" is not read, and a value in another unit is an error\./,
      "numeric x",
    ],
    [
      "NA in numbers and in countries",
      written("x,country,y", ({ i, x, y }) => `${i % 20 ? x : "NA"},${["DE", "FR", "NA"][i % 3]!},${word(y)}`),
      {},
      /name: country, type: string, missingValues: \[""\] \}/,
      /"country" has "NA" as a value/,
      "numeric x",
    ],
    [
      "nan of numpy, and a target with gaps",
      written("x,c,y", ({ i, x, y }) => `${i % 9 ? x : "nan"},c${i % 3},${i % 30 ? word(y) : "NA"}`),
      {},
      /missingValues: \["","nan","NA"\]/,
      /"y" has words, and 10 rows with "NA", first in line 2\./,
      "numeric x",
    ],
    [
      "a last row that is a total",
      `${written("x,c,y", ({ i, x, y }) => `${x},${"abc"[i % 3]!},${y ? 1 : 0}`)}Total,,152\n`,
      {},
      /prepare: \|\n  SELECT \* FROM source WHERE NOT \("x" IS NULL AND "c" IS NULL\)/,
      /The last row has "Total" in "x", first in line 302\./,
      "numeric x",
    ],
    [
      "a last row whose word stands among words",
      `${written("c,x,y", ({ i, x, y }) => `${"abc"[i % 3]!},${x},${word(y)}`)}Summe,${"1".repeat(4)},\n`,
      {},
      /WHERE "c" IS DISTINCT FROM 'Summe'/,
      null,
      "numeric x",
    ],
    [
      "blanks in the header and behind an answer",
      written(" x, c , y", ({ i, x, y }) => `${x},${"abc"[i % 3]!},${y ? (i % 10 ? "yes" : "yes ") : "no"}`),
      {},
      /name: y, from: " y", type: string \}[^]*SELECT \* REPLACE \(trim\("y"\) AS "y"\) FROM source/,
      /which differs in white space only from "yes"/,
      "numeric x",
    ],
    [
      "a time with one NA",
      written("at,x,y", ({ i, x, y }) => `${i === 50 ? "NA" : day(i)},${x},${word(y)}`),
      { time: "at" },
      /WHERE "at" IS NOT NULL/,
      /1 row has no value in "at", first in line 52\./,
      "numeric x",
    ],
    [
      "seconds since 1970",
      written("at,x,y", ({ i, x, y }) => `${1_700_000_000 + i * 86_400},${x},${word(y)}`),
      { time: "at" },
      /REPLACE \(make_timestamp\("at"::BIGINT \* 1000000\) AS "at"\)/,
      /"at" counts seconds since 1970/,
      "numeric x",
    ],
    [
      "a month first, as its writer says",
      written("at,x,y", ({ i, x, y }) => `0${1 + (i % 9)}/0${1 + (i % 7)}/2024,${x},${word(y)}`),
      { time: "at", "time-format": "%m/%d/%Y" },
      /name: at, type: date, format: "%m\/%d\/%Y"/,
      null,
      "numeric x",
    ],
    [
      "a time in two forms",
      written(
        "at,x,y",
        ({ i, x, y }) => `${i % 3 ? day(i) : day(i).split("-").toReversed().join(".")},${x},${word(y)}`,
      ),
      { time: "at" },
      /REPLACE \(CAST\(coalesce\(try_strptime\("at", '%Y-%m-%d'\), try_strptime\("at", '%d\.%m\.%Y'\)\) AS DATE\) AS "at"\)/,
      /"at" holds dates in 2 forms: 200 rows such as "2024-01-02", 100 rows such as "01\.01\.2024", first in line 2\. `prepare` reads/,
      "numeric x",
    ],
    [
      "an income that is different in every row",
      written("x,c,y", ({ i, x, y }) => `${Math.round(x * 1000) * 1000 + i},${"abc"[i % 3]!},${word(y)}`),
      {},
      /name: x, type: number \}/,
      /"x" has another whole number in every row, but is not named or counted like an identifier/,
      "numeric x",
    ],
  ])("%s", { timeout: 60_000 }, async (_why, text, flags, field, told, feature) => {
    const scene = await sceneWith({ "d.csv": text });

    const { stdout } = await scene.refit("init", [], { data: "d.csv", target: "y", ...flags });
    await scene.land({}, "Add a model");
    const ran = await scene.refit("run");

    expect(await manifest(scene)).toMatch(field);
    if (told !== null) expect(stdout).toMatch(told);
    expect(stdout).toContain("The task is binary");
    expect(ran.stdout).toMatch(/d: (?:proposed|inconclusive)/);
    expect(await features(scene)).toContain(feature);
  });

  it.each<[why: string, text: string]>([
    ["in the key", `${written("id;x;y", ({ i, x, y }) => `${i + 1};${german.format(x)};${word(y)}`)}Total;;\n`],
    ["in German", `${written("id;x;y", ({ i, x, y }) => `${i + 1};${german.format(x)};${word(y)}`)}Summe;-99,5;\n`],
    ["in another column", `${written("id;x;y", ({ i, x, y }) => `${i + 1};${german.format(x)};${word(y)}`)};;Total\n`],
    ["beside points", `${written("id,x,y", ({ i, x, y }) => `${i + 1},${x},${word(y)}`)}Total,,\n`],
    [
      "in a key that is not first",
      `${written("x;orderNo;y", ({ i, x, y }) => `${german.format(x)};${7000 + 3 * i};${word(y)}`)};Total;\n`,
    ],
    [
      "in quotes",
      `${written("id;x;y", ({ i, x, y }) => `${i + 1};"${german.format(x)}";${word(y)}`)}"Grand total";"12,5";""\n`,
    ],
  ])("and a unique whole number is the key, though a last row has none: a total %s", async (_why, text) => {
    const scene = await sceneWith({ "d.csv": text });

    await scene.refit("init", [], { data: "d.csv", target: "y" });
    await scene.land({}, "Add a model");

    expect(await scene.git("show", ":models/d/model.yaml")).toMatch(/^key: (?:id|orderNo) #/m);
    expect(await manifest(scene)).toMatch(/name: (?:id|orderNo), type: integer/);
  });

  it.each<[why: string, cell: (row: Row) => string]>([
    ["a day", ({ i, y }) => (y ? day(i) : "")],
    ["a day, not in every such row", ({ i, y }) => (y && i % 5 ? day(i) : "")],
    ["a time", ({ i, y }) => (y ? `${day(i)}T10:00:00Z` : "")],
    ["a day in German", ({ i, y }) => (y ? day(i).split("-").toReversed().join(".") : "")],
    ["a day that only those have who stay", ({ i, y }) => (y ? "" : day(i))],
    ["a day, with NA for none", ({ i, y }) => (y ? day(i) : "NA")],
  ])(
    "and a column that only rows of one answer have is no time, but named as one of afterwards: %s",
    async (_why, cell) => {
      const text = written("x,ended,y", (row) => `${row.x},${cell(row)},${word(row.y)}`);
      const scene = await sceneWith({ "d.csv": text });

      const { stdout } = await scene.refit("init", [], { data: "d.csv", target: "y" });

      expect(stdout).toMatch(
        /"ended" (?:almost determines the target|has a value in \d+ of 300 rows).*`features\.exclude` in model\.yaml/,
      );
      expect(stdout).not.toContain('"ended" holds dates, and without');
    },
  );

  it.each<[why: string, folder: string, data: string]>([
    ["from the root", ".", "sub/data/d.csv"],
    ["from a sub folder", "sub", "data/d.csv"],
    ["from the folder of the file", "sub/data", "d.csv"],
    ["from a folder beside it", "other", "../sub/data/d.csv"],
    ["from the root, in a sub folder", "sub/data", "sub/data/d.csv"],
    ["as a glob", "sub", "data/*.csv"],
  ])("and its path may be given %s", async (_why, folder, data) => {
    const scene = await sceneWith({
      "sub/data/d.csv": written("x,y", ({ x, y }) => `${x},${word(y)}`, 60),
      "other/a.txt": "",
    });
    const ports = await scene.ports();
    const request = { data, target: "y", time: null, timeFormat: null, name: "d", python: null, example: false };

    const { files } = await init(
      { ...ports, workTree: { ...ports.workTree, here: path.join(scene.root, folder) } },
      { model: request, pipeline: null, overwrite: [], dryRun: true },
    );

    expect(files.get("data-manifests/d.yaml")).toMatch(/- \{ path: "?sub\/data\/(?:d|\*)\.csv"? \}/);
  });

  it.each<[why: string, files: readonly string[], data: string, told: RegExp | null]>([
    [
      "files beside it",
      ["data/1.csv", "data/2.csv", "data/3.csv"],
      "data/1.csv",
      /There are 2 more files like "data\/\*\.csv"/,
    ],
    ["one file beside it", ["a.csv", "b.csv"], "a.csv", /There is 1 more file like "\*\.csv"/],
    ["files of another kind", ["data/1.csv", "data/2.tsv"], "data/1.csv", null],
    ["files in another folder", ["data/1.csv", "more/2.csv"], "data/1.csv", null],
    ["a glob", ["data/1.csv", "data/2.csv"], "data/*.csv", null],
  ])("and says whether other files are left unread: %s", async (_why, files, data, told) => {
    const text = written("x,y", ({ x, y }) => `${x},${word(y)}`, 60);
    const scene = await sceneWith(Object.fromEntries(files.map((file) => [file, text])));

    const { stdout } = await scene.refit("init", [], { data, target: "y", model: "d" });

    if (told === null) expect(stdout).not.toContain("more file");
    else expect(stdout).toMatch(told);
  });

  it("and says which manifest reads the same file already", async () => {
    const scene = await sceneWith({ "data/1.csv": written("x,y", ({ x, y }) => `${x},${word(y)}`, 60) });
    const first = await scene.refit("init", [], { data: "data/1.csv", target: "y", model: "d" });
    const second = await scene.refit("init", [], { data: "data/1.csv", target: "x", model: "e" });

    expect(first.stdout).not.toContain("To share it");
    expect(second.stdout).toContain(
      'data-manifests/d.yaml reads "data/1.csv" already, for the model d. To share it, write `data: d` in models/e/model.yaml, and delete data-manifests/e.yaml.',
    );
  });

  it.each<[why: string, before: (x: number) => string, after: (x: number) => string, told: RegExp]>([
    ["kilograms, then pounds", (x) => `${x} kg`, (x) => `${x} lb`, /number with the unit "kg" \("[-\d.]+ lb"/],
    ["dollars, then euros", (x) => `$${x}`, (x) => `€${x}`, /number with the unit "\$" \("€/],
    ["metres, then kilometres", (x) => `${x}m`, (x) => `${x}km`, /number with the unit "m" \("[-\d.]+km"/],
    ["per cent, then per mille", (x) => `${x} %`, (x) => `${x} ‰`, /number with the unit "%" \("[-\d.]+ ‰"/],
    ["degrees, then others", (x) => `${x} °C`, (x) => `${x} °F`, /number with the unit "°C" \("[-\d.]+ °F"/],
    [
      "one row of hours among minutes",
      (x) => `${x} min`,
      (x) => `${x} ${x > 1990 ? "h" : "min"}`,
      /value.* the unit "min" \("/,
    ],
  ])("and another unit is never mixed in: %s", { timeout: 60_000 }, async (_why, before, after, told) => {
    const text = (cell: (x: number) => string, from: number) =>
      written("x,c,y", ({ i, x, y }) => `${cell(x)},${i + from},${word(y)}`);
    const scene = await sceneWith({ "data/a.csv": text(before, 0) });
    await scene.refit("init", [], { data: "data/*.csv", target: "y", model: "d" });
    await scene.land({}, "Add a model");
    const first = await scene.refit("run");
    await scene.merge("squash", "refit--d");

    scene.at("2026-07-01T00:00:00Z");
    await scene.land({ "data/b.csv": text(before, 300).replace(/yes/, "no") });
    const same = await scene.refit("drift", ["d"]);
    await scene.land({ "data/b.csv": text(after, 300) });
    const ran = await scene.refit("run");

    expect(first.stdout).toMatch(/d: (?:proposed|inconclusive)/);
    expect(same.stdout).not.toContain("wrong-type");
    expect(ran.exitCode).toBe(3);
    expect(ran.stdout).toMatch(told);
  });

  it("and a column without values is a number when numbers come", { timeout: 60_000 }, async () => {
    const rows = (from: number, disc: (x: number) => string) =>
      written("x,disc,y", ({ x, y }) => `${x + from},${disc(x)},${word(y)}`);
    const scene = await sceneWith({ "data/a.csv": rows(0, () => "") });
    const told = await scene.refit("init", [], { data: "data/a.csv", target: "y", model: "d" });
    await scene.land({}, "Add a model");
    const glob = (await manifest(scene)).replace("data/a.csv", '"data/*.csv"');
    await scene.land({ "data-manifests/d.yaml": `${glob}\n` });
    await scene.refit("run");
    await scene.merge("squash", "refit--d");

    scene.at("2026-07-01T00:00:00Z");
    await scene.land({ "data/b.csv": rows(0.5, (x) => String(Math.round(Math.abs(x)) / 10)) });
    const ran = await scene.refit("run");

    expect(told.stdout).toContain('"disc" has no values yet');
    expect(ran.stdout).toMatch(/d: (?:proposed|inconclusive)/);
    expect(await features(scene)).toContain("numeric disc");
  });

  it.each<[why: string, text: string, message: RegExp]>([
    [
      "day and month that cannot be told apart",
      written("at,x,y", ({ i, x, y }) => `0${1 + (i % 9)}/0${1 + (i % 7)}/2024,${x},${word(y)}`),
      /Say which they are: --time-format "%d\/%m\/%Y" or --time-format "%m\/%d\/%Y"\./,
    ],
    [
      "a word among dates that may be anything",
      written("at,x,y", ({ i, x, y }) => `${i % 4 ? day(i) : `week ${i}`},${x},${word(y)}`),
      /--time "at" holds "week 0" in 1 row, first in line 2, which cannot be read as a date/,
    ],
  ])("and asks where it cannot know: %s", async (_why, text, message) => {
    const scene = await sceneWith({ "d.csv": text });

    await expect(scene.refit("init", [], { data: "d.csv", target: "y", time: "at" })).rejects.toThrow(message);
    expect(await scene.git("status", "--porcelain")).toBe("");
  });
});
