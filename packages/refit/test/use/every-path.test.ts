import { newestNode } from "@refit/testkit/node";
import type { TemporaryRepository } from "@refit/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromium } from "../../../runtime/test/support/chromium.ts";
import { madeRecords, type MadeRecord } from "../../../runtime/src/made-records.fixture.ts";
import { openScene } from "../e2e/support/scene.ts";
import { answersOfBrowser, answersOfNode, type FoundAnswers } from "./support/in-process.ts";
import { madeModels, repositoryOf, type MadeModel } from "./support/made-models.ts";
import { predictedFile } from "./support/predicted-file.ts";
import { asDataHave, formats, jsonOf, type Format } from "./support/record-files.ts";
import { answersOverHttp, asked, refitServe, valuesOf, type RefitServer } from "./support/servers.ts";

/** `npm run corpus -- use` asks for more rows. */
const wanted = process.env["CORPUS_RECORDS"];
const isCorpus = wanted !== undefined;
const asking = { rows: Number(wanted ?? 2000), seed: Number(process.env["CORPUS_SEED"] ?? 2026), alone: 100 };
const timeout = isCorpus ? 3_600_000 : 180_000;

const newest = await newestNode();
let models: MadeModel[];
let repository: TemporaryRepository;
let server: RefitServer;
let records: MadeRecord[];
/** What evaluation says of the records. */
let expected: Map<string, Float64Array>;
beforeAll(async () => {
  models = await madeModels();
  records = madeRecords(asking.rows, asking.seed);
  expected = new Map();
  for (const { name, answers } of models) expected.set(name, await answers(records));
  repository = await repositoryOf(models);
  server = await refitServe(
    repository,
    models.map(({ name }) => name),
  );
}, timeout);
afterAll(async () => {
  server.stop();
  await repository.dispose();
});

/** Answers that are not the same number, each path and model in a line. Zeros are equal, since JSON writes no sign of one. */
function differences(path: string, found: FoundAnswers, of: ReadonlyMap<string, Float64Array> = expected): string[] {
  const compared = [...found].map(([name, theirs]) => ({ name, theirs, ours: of.get(name)! }));
  const lines = compared.flatMap(({ name, theirs, ours }) => {
    if (theirs.length !== ours.length) return [`${path}, ${name}: ${theirs.length} values for ${ours.length}`];
    const unequal = [...ours.keys()].filter((place) => !Object.is(ours[place]! + 0, theirs[place]! + 0));
    const [first] = unequal;
    return first === undefined
      ? []
      : [
          `${path}, ${name}: ${unequal.length} of ${ours.length}, first at ${first}: ${theirs[first]} for ${ours[first]}`,
        ];
  });
  if (isCorpus) process.stdout.write(`${JSON.stringify({ path, ...asking, models: found.size, differing: lines })}\n`);
  return lines;
}

/** With the first rows once more, which are answered by themselves. */
const withThoseAlone = () =>
  new Map(
    [...expected].map(([name, values]) => {
      const first = values.subarray(0, (values.length / asking.rows) * Math.min(asking.alone, asking.rows));
      return [name, Float64Array.from([...values, ...first])];
    }),
  );

describe("the same records are answered as evaluation answers them, to the last bit", () => {
  it("over HTTP, by refit serve", { timeout }, async () => {
    const found = new Map<string, Float64Array>();
    for (const { name } of models) found.set(name, await answersOverHttp(server.address, name, records));

    expect(differences("HTTP", found)).toEqual([]);
  });

  it.each([
    [process.version, process.execPath],
    [newest === null ? "24 (SKIPPED: it cannot be brought here)" : "24", newest],
  ])("in a process of Node %s", { timeout }, async (name, node) => {
    if (node === null) return;
    const found = await answersOfNode(node, { ...asking, root: repository.root, models });

    expect(found.size).toBe(models.length);
    expect(differences(`Node ${name}`, found, withThoseAlone())).toEqual([]);
  });

  const withBrowser = chromium === null ? "NOT TESTED: no Chromium is here (apt-get install chromium)" : "Chromium";
  it.skipIf(chromium === null)(`in a browser, ${withBrowser}`, { timeout }, async () => {
    const found = await answersOfBrowser(models, asking);

    expect(found.size).toBe(models.length);
    expect(differences("Chromium", found, withThoseAlone())).toEqual([]);
  });

  it.each(Object.keys(formats) as Format[])("by refit predict, of %s", { timeout }, async (format) => {
    const scene = await openScene(repository);
    const data = records.map(asDataHave);
    const file = `records.${format}`;
    await scene.write(file, await formats[format](data));
    const found = new Map<string, Float64Array>();
    const ours = new Map<string, Float64Array>();
    for (const model of isCorpus ? models : oneOf(format)) {
      found.set(model.name, await predictedFile(scene, model, file, format));
      ours.set(model.name, await model.answers(data));
    }

    expect(differences(`predict of ${format}`, found, ours)).toEqual([]);
  });
});

/** How rows are read depends on no model, so that one model for each format is enough but in the corpus. */
function oneOf(format: Format): MadeModel[] {
  const kind = { csv: "linear, regression", jsonl: "trees, multiclass", parquet: "blend, binary" }[format];
  return models.filter((model) => model.kind === kind);
}

describe("what a path cannot carry", () => {
  const kinds = ["linear, regression", "trees, regression", "blend, regression"];
  const some = () => models.filter(({ kind }) => kinds.includes(kind));
  const base = madeRecords(1, 5)[0]!;
  const inProcess = async (model: MadeModel, change: MadeRecord) => (await model.answers([{ ...base, ...change }]))[0];
  const sent = async ({ name }: MadeModel, record: string) =>
    valuesOf(await asked(server.address, name, `{"records":[${record}]}`))[0];

  it("a number that is not finite, or beyond 32-bit floats, is missing in a process, and JSON.stringify writes it as missing", async () => {
    for (const model of some()) {
      const missing = await inProcess(model, { speed: null });
      expect(missing).not.toBe(await inProcess(model, { speed: 1.5 }));
      for (const speed of [NaN, Infinity, -Infinity, 1e300, -1e300]) {
        expect(await inProcess(model, { speed })).toBe(missing);
        expect(await sent(model, JSON.stringify({ ...base, speed }))).toBe(missing);
      }
      expect(await sent(model, jsonOf({ ...base, speed: Infinity }))).toBe(missing);
    }
  });

  it("zero has one answer, whatever its sign", async () => {
    for (const model of some()) {
      const zero = await inProcess(model, { speed: 0, engines: 0 });
      expect(await inProcess(model, { speed: -0, engines: -0 })).toBe(zero);
      expect(await sent(model, jsonOf({ ...base, speed: -0, engines: -0 }))).toBe(zero);
    }
  });

  /** Its answers to an unseen text and to a missing one differ. */
  const linear = () => models.find(({ kind }) => kind === "linear, regression")!;

  it.each(["NaN", "Infinity", "-Infinity"])("%s is an error in a file, as it is in data", async (word) => {
    const scene = await openScene(repository);
    const one = [{ ...base, speed: 77_777 }];
    const files = {
      jsonl: formats.jsonl(one).replace("77777", word),
      csv: formats.csv(one).replace("77777", word),
      parquet: await formats.parquet([{ ...base, speed: Number(word) }]),
    };
    for (const [format, content] of Object.entries(files)) {
      await scene.write(`one.${format}`, content);
      await expect(predictedFile(scene, linear(), `one.${format}`, format as Format)).rejects.toMatchObject({
        code: "unreadable-data",
        message: expect.stringContaining("cannot be read as a finite number") as string,
      });
    }
  });

  it("an empty text is missing in files, and a text over HTTP; texts that look like numbers stay texts", async () => {
    const model = linear();
    const scene = await openScene(repository);
    const texts = ["", "0", "007", "1e3", "NaN", "null", " Small", "Small"];
    const rows = texts.map((size) => ({ ...base, size }));
    const overHttp = await answersOverHttp(server.address, model.name, rows);
    const missing = await inProcess(model, { size: null });

    expect(overHttp).toEqual(await model.answers(rows));
    expect(overHttp[0]).not.toBe(missing);
    for (const format of Object.keys(formats) as Format[]) {
      await scene.write(`texts.${format}`, await formats[format](rows));
      const found = await predictedFile(scene, model, `texts.${format}`, format);
      expect([...found]).toEqual([missing, ...overHttp.subarray(1)]);
    }
    // Without quotation marks a text of CSV is the same text.
    await scene.write("texts.csv", formats.csv(rows).replaceAll(/"(\w+)"/g, "$1"));
    expect([...(await predictedFile(scene, model, "texts.csv", "csv"))]).toEqual([missing, ...overHttp.subarray(1)]);
  });

  it("a fraction in a column of whole numbers is answered as a value that training has not seen, and refused in files", async () => {
    const model = linear();
    const scene = await openScene(repository);
    await scene.write("one.csv", formats.csv([{ ...base, engines: 2.5 }]));

    expect(await sent(model, jsonOf({ ...base, engines: 2.5 }))).toBe(await inProcess(model, { engines: 2.5 }));
    await expect(predictedFile(scene, model, "one.csv", "csv")).rejects.toThrow("cannot be read as integer");
  });
});
