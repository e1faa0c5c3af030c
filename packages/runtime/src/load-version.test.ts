import { describe, expect, it } from "vitest";
import { fromMap, loadVersion } from "./index.ts";
import { madeRecords } from "./made-records.fixture.ts";
import { madeKinds, madeVersion, withLineage, type MadeVersion } from "./made-version.fixture.ts";

const bits = (values: Float64Array) => new BigUint64Array(values.buffer, values.byteOffset, values.length);
const opened = new Map<string, Promise<MadeVersion>>();

function made(kind: string): Promise<MadeVersion> {
  if (!opened.has(kind)) opened.set(kind, madeVersion(madeKinds[kind]!));
  return opened.get(kind)!;
}

describe.each(Object.keys(madeKinds))("%s", (kind) => {
  it("answers as evaluation does, to the last bit, one row at a time, many, and as columns", async () => {
    const { files, answers } = await made(kind);
    const version = await loadVersion(fromMap(files));
    const records = madeRecords(600, 5);

    const expected = await answers(records);
    const { values, answers: typed } = await version.predictMany(records);
    const columns = Object.fromEntries(
      version.inputs.map(({ name }) => [name, records.map((record) => record[name]!)]),
    );

    expect(bits(values)).toEqual(bits(expected));
    expect(bits((await version.predictMany(columns)).values)).toEqual(bits(expected));
    for (const [row, record] of records.slice(0, 60).entries()) {
      expect(await version.predict(record)).toMatchObject(typed[row]!);
    }
  });
});

describe("an answer", () => {
  it("of a binary model has the class, its probability and that of each class, and says the version", async () => {
    const version = await loadVersion(fromMap((await made("trees, binary")).files), { version: "v7" });
    const [record] = madeRecords(1, 5);
    const { values } = await version.predictMany([record!]);
    const [positive] = values as unknown as [number];

    expect(await version.predict(record!)).toEqual({
      kind: "class",
      class: positive >= 0.5,
      probability: Math.max(positive, 1 - positive),
      probabilities: [1 - positive, positive],
      model: "birdstrikes",
      version: "v7",
      treeId: version.treeId,
      ignored: { count: 0, names: [] },
    });
    expect(version).toMatchObject({ learner: "gbdt", target: { name: "damaged", classes: [false, true] } });
  });

  it("is the positive class from the threshold on", async () => {
    const { files } = await made("linear, binary");
    const records = madeRecords(50, 6);
    const { values } = await (await loadVersion(fromMap(files))).predictMany(records);
    const { answers } = await (await loadVersion(fromMap(files), { threshold: values[3]! })).predictMany(records);

    expect(answers.map((answer) => answer.kind === "class" && answer.class)).toEqual(
      [...values].map((value) => value >= values[3]!),
    );
  });

  it("is cut where the version says, and where the caller says otherwise", async () => {
    const { files } = await made("linear, binary");
    const features = JSON.parse(new TextDecoder().decode(files.get("features.json"))) as object;
    const records = madeRecords(50, 6);
    const { values } = await (await loadVersion(fromMap(files))).predictMany(records);
    const threshold = [...values].sort((a, b) => a - b)[20]!;
    const said = new TextEncoder().encode(JSON.stringify({ ...features, threshold }));
    const read = fromMap(withLineage(new Map([...files, ["features.json", said]]), "linear"));
    const positives = async (options: object) => {
      const version = await loadVersion(read, options);
      const { answers } = await version.predictMany(records);
      return [version.threshold, answers.filter((answer) => answer.kind === "class" && answer.class === true).length];
    };

    expect((await loadVersion(fromMap(files))).threshold).toBe(0.5);
    expect(await positives({})).toEqual([threshold, 30]);
    expect(await positives({ threshold: 0 })).toEqual([0, 50]);
  });

  it("of several classes is the most probable one; of a regression a value", async () => {
    const [record] = madeRecords(1, 9);
    const several = await (await loadVersion(fromMap((await made("linear, multiclass")).files))).predict(record!);
    const value = await (await loadVersion(fromMap((await made("linear, regression")).files))).predict(record!);

    if (several.kind !== "class") throw new Error("a class");
    const place = several.probabilities.indexOf(Math.max(...several.probabilities));
    expect(several).toMatchObject({ class: ["a", "😀", 'c"'][place], probability: several.probabilities[place] });
    expect(value).toMatchObject({ kind: "value", value: expect.any(Number) });
  });
});

describe("rows", () => {
  it("may have columns that the version does not read; they are counted", async () => {
    const version = await loadVersion(fromMap((await made("linear, binary")).files));
    const [first, second] = madeRecords(2, 5);
    const extra = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`extra ${i}`, i]));

    const { answers, ignored } = await version.predictMany([
      { ...first, ...extra },
      { ...second, other: {} },
    ]);

    expect(ignored).toEqual({ count: 31, names: Object.keys(extra).slice(0, 20) });
    expect(answers).toEqual((await version.predictMany([first!, second!])).answers);
  });

  it.each<[what: string, change: Record<string, unknown>, message: string]>([
    ["a text for a number", { speed: "12" }, 'Row 1, "speed": expected a number or null, found a text.'],
    ["a number for a text", { size: 4 }, 'Row 1, "size": expected a text or null, found a number.'],
    ["a number for a boolean", { night: 1 }, 'Row 1, "night": expected true, false or null, found a number.'],
    ["a list", { speed: [1] }, 'Row 1, "speed": expected a number or null, found a list.'],
    ["an object", { size: {} }, 'Row 1, "size": expected a text or null, found an object.'],
    [
      "a number for a date",
      { day: 20_000 },
      'Row 1, "day": expected a date such as 2026-11-28, or null, found a number.',
    ],
    [
      "no such day",
      { day: "2026-02-30" },
      'Row 1, "day": expected a date such as 2026-11-28, or null, found another text.',
    ],
    [
      "no such time",
      { seen: "2026-02-01T24:30Z" },
      'Row 1, "seen": expected a time such as 2026-11-28T06:00:00Z, or null, found another text.',
    ],
    ["nothing", { speed: undefined }, 'Row 1 has no "speed": expected a number or null.'],
  ])("with %s are refused", async (_what, change, message) => {
    const version = await loadVersion(fromMap((await made("linear, binary")).files));
    const [first, second] = madeRecords(2, 5);

    await expect(version.predictMany([first!, { ...second, ...change }])).rejects.toMatchObject({
      code: "input-invalid",
      message,
    });
  });

  it("without a column are refused with the nearest name, all at once, up to 20", async () => {
    const version = await loadVersion(fromMap((await made("linear, binary")).files));
    const [{ speed: _, ...rest }] = madeRecords(1, 5) as [Record<string, unknown>];
    const wrong = { ...rest, Spead: 1 };

    const error = await version.predictMany(Array.from({ length: 25 }, () => wrong)).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({
      code: "input-invalid",
      message: expect.stringMatching(/There are 5 more problems\.$/),
    });
    expect((error as { problems: unknown[] }).problems).toHaveLength(20);
    expect((error as { problems: unknown[] }).problems[3]).toEqual({
      row: 3,
      column: "speed",
      expected: "a number or null",
      found: null,
      nearest: "Spead",
    });
  });

  it("may be given as columns, of which one may be a typed array; a record is one row", async () => {
    const version = await loadVersion(fromMap((await made("linear, regression")).files));
    const records = madeRecords(40, 8).map((record) => ({ ...record, speed: 1.5 }));
    const columns = Object.fromEntries(
      version.inputs.map(({ name }) => [name, records.map((record: Record<string, unknown>) => record[name])]),
    );
    const { answers } = await version.predictMany(records);

    const typed = { ...columns, speed: new Float64Array(40).fill(1.5), longer: Array.from({ length: 99 }) };
    expect(await version.predictMany(typed)).toMatchObject({ answers, ignored: { count: 1, names: ["longer"] } });
    expect((await version.predictMany(records[0] as never)).answers).toEqual([answers[0]]);
    await expect(version.predictMany({ ...columns, speed: [1] })).rejects.toThrow('Row 1 has no "speed"');
  });

  it("that are none are refused", async () => {
    const version = await loadVersion(fromMap((await made("linear, binary")).files));

    await expect(version.predict(null as never)).rejects.toMatchObject({ code: "input-invalid" });
    await expect(version.predictMany({})).resolves.toMatchObject({ answers: [] });
    await expect(version.predictMany({ size: ["Small"] })).rejects.toMatchObject({ code: "input-invalid" });
    await expect(version.predictMany({ nothing: [1] })).rejects.toMatchObject({ code: "input-invalid" });
    await expect(version.predictMany([])).resolves.toMatchObject({ answers: [] });
  });
});

describe("a version", () => {
  const flipped = (bytes: Uint8Array) => bytes.map((byte, i) => (i === bytes.length >> 1 ? byte ^ 1 : byte));

  it("with any file changed, cut short or missing is refused", async () => {
    const { files } = await made("blend, binary");
    for (const file of files.keys()) {
      if (file === "lineage.json") continue;
      const changes: [string, Uint8Array | undefined][] = [
        [file, flipped(files.get(file)!)],
        [file, files.get(file)!.subarray(1)],
        [file, undefined],
      ];
      for (const [path, bytes] of changes) {
        const changed = new Map(files);
        if (bytes === undefined) changed.delete(path);
        else changed.set(path, bytes);
        await expect(loadVersion(fromMap(changed))).rejects.toMatchObject({ code: "artifact-invalid", file });
      }
    }
  });

  it.each<[what: string, text: string, code: string]>([
    ["no JSON", "{", "artifact-invalid"],
    ["a list", "[]", "artifact-invalid"],
    ["null", "null", "artifact-invalid"],
    ["a newer format", '{"format":2}', "format-newer"],
    [
      "a path that leads out",
      '{"format":1,"model":"m","learner":{"name":"gbdt"},"files":{"../a":{}}}',
      "artifact-invalid",
    ],
    [
      "a path from the root",
      '{"format":1,"model":"m","learner":{"name":"gbdt"},"files":{"/etc/passwd":{}}}',
      "artifact-invalid",
    ],
    [
      "a path with a turn",
      '{"format":1,"model":"m","learner":{"name":"gbdt"},"files":{"a/./b":{}}}',
      "artifact-invalid",
    ],
  ])("whose lineage is %s is refused, and nothing else is read", async (_what, text, code) => {
    const asked: string[] = [];
    const read = (path: string) => {
      asked.push(path);
      return new TextEncoder().encode(text);
    };

    await expect(loadVersion(read)).rejects.toMatchObject({ code });
    expect(asked).toEqual(["lineage.json"]);
  });

  it("whose files do not belong together is refused before the first row", async () => {
    const [binary, multiclass] = await Promise.all([made("trees, binary"), made("trees, multiclass")]);
    const mixed = new Map([...binary.files, ["artifact/model.json", multiclass.files.get("artifact/model.json")!]]);

    await expect(loadVersion(fromMap(withLineage(mixed, "gbdt")))).rejects.toMatchObject({ code: "artifact-invalid" });
  });

  it("that does not answer its probe rows as at the training is refused; one without any is not", async () => {
    const { files } = await made("blend, multiclass");
    const probes = JSON.parse(new TextDecoder().decode(files.get("probes.json"))) as { answers: number[][] };
    const withProbes = (text: string) =>
      withLineage(new Map([...files, ["probes.json", new TextEncoder().encode(text)]]), "auto");
    const refused = async (change: (answers: number[][]) => void) => {
      const changed = structuredClone(probes);
      change(changed.answers);
      return loadVersion(fromMap(withProbes(JSON.stringify(changed)))).catch((error: unknown) => error);
    };

    expect(probes.answers.length).toBeGreaterThan(4);
    expect(await refused((answers) => (answers[3]![1]! *= 1 + 1e-15))).toMatchObject({
      code: "artifact-invalid",
      message: expect.stringMatching(
        /^probes\.json: expected the answers that were given at the training: 0\.\d+ to row 3, not 0\.\d+\.$/,
      ),
    });
    expect(await refused((answers) => answers.pop())).toMatchObject({ code: "artifact-invalid" });
    await expect(loadVersion(fromMap(withProbes('{"format":2}')))).rejects.toMatchObject({ code: "format-newer" });
    const without = new Map([...files].filter(([file]) => file !== "probes.json"));
    await expect(loadVersion(fromMap(withLineage(without, "auto")))).resolves.toBeDefined();
  });

  it("of a learner that is not built in needs what opens it", async () => {
    const { files: own } = await made("linear, binary");
    const files = withLineage(new Map([...own].filter(([file]) => file !== "probes.json")), "tfjs");
    const tfjs = {
      load: async () => ({ predict: async ({ rows }: { rows: number }) => new Float64Array(rows).fill(0.25) }),
    };

    await expect(loadVersion(fromMap(files))).rejects.toMatchObject({
      code: "learner-missing",
      hint: expect.stringContaining("{ learners: { tfjs: … } }"),
    });
    const version = await loadVersion(fromMap(files), { learners: { tfjs } });
    expect(await version.predict(madeRecords(1, 1)[0]!)).toMatchObject({ class: false, probability: 0.75 });
  });

  it("with answers that are not numbers is refused", async () => {
    const { files: own } = await made("linear, binary");
    const files = withLineage(new Map([...own].filter(([file]) => file !== "probes.json")), "tfjs");
    const tfjs = { load: async () => ({ predict: async () => Float64Array.of(NaN) }) };

    await expect(loadVersion(fromMap(files), { learners: { tfjs } })).rejects.toMatchObject({
      code: "artifact-invalid",
    });
  });
});
