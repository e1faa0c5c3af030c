import { describe, expect, it } from "vitest";
import { madeRecords, type MadeRecord } from "../../runtime/src/made-records.fixture.ts";
import { pinned } from "../src/index.ts";
import { madeLoaded, servedBy } from "./support/served.ts";

const records = madeRecords(30, 7).filter((record) =>
  Object.values(record).every((value) => typeof value !== "number" || Number.isFinite(value)),
);
const own = (row: MadeRecord, name: string) => Object.getOwnPropertyDescriptor(row, name)!.value as MadeRecord[string];
const names = Object.keys(records[0]!);
const columns = names.map((name) => [name, records.map((row) => own(row, name))] as const);
const answersOf = async (kind: string) => (await (await madeLoaded(kind)).predictMany(records)).answers;

describe("the Open Inference Protocol", () => {
  const datatypes: Record<string, string> = { speed: "FP64", __proto__: "FP64", engines: "INT64", night: "BOOL" };
  const inputs = columns.map(([name, data]) => ({
    name,
    datatype: Object.hasOwn(datatypes, name) ? datatypes[name] : "BYTES",
    shape: [data.length],
    data,
  }));
  const path = "/v2/models/birdstrikes";

  it("tells server, model and version", async () => {
    const version = await madeLoaded("linear, multiclass", "v3");
    const ask = await servedBy([pinned(version)]);

    expect((await ask("/v2")).body).toMatchObject({
      name: "refit",
      version: "0.1.0",
      extensions: ["binary_tensor_data"],
    });
    expect(await ask("/v2/health/ready")).toMatchObject({ status: 200, body: { ready: true } });
    const { body } = await ask(path);
    expect(body).toMatchObject({
      name: "birdstrikes",
      versions: ["v3"],
      platform: "refit_linear",
      parameters: { treeId: version.treeId, stale: false },
      outputs: [
        { name: "class", datatype: "BYTES", shape: [-1] },
        { name: "probability", datatype: "FP64", shape: [-1] },
        { name: "probabilities", datatype: "FP64", shape: [-1, 3] },
      ],
    });
    expect(body["inputs"]).toContainEqual({ name: "speed", datatype: "FP64", shape: [-1] });
    for (const called of ["v3", version.treeId]) {
      expect((await ask(`${path}/versions/${called}/ready`)).body).toEqual({ name: "birdstrikes", ready: true });
    }
    expect(await ask(`${path}/versions/v4/infer`, { inputs })).toMatchObject({
      status: 404,
      body: { error: "birdstrikes v4 is not served here; v3 is live.", code: "no-such-version" },
    });
  });

  it("infers a class, its probability and that of each class", async () => {
    const ask = await servedBy([pinned(await madeLoaded("linear, multiclass"))]);
    const expected = await answersOf("linear, multiclass");

    const { status, body } = await ask(`${path}/infer`, { id: "7", inputs });

    expect(status).toBe(200);
    const [classes, , probabilities] = body["outputs"] as { data: unknown[]; shape: number[] }[];
    expect(body).toMatchObject({ id: "7", model_name: "birdstrikes" });
    expect(classes!.data).toEqual(expected.map((each) => each.kind === "class" && each.class));
    expect(probabilities!.shape).toEqual([records.length, 3]);
    expect(probabilities!.data).toEqual(expected.flatMap((each) => (each.kind === "class" ? each.probabilities : [])));
  });

  it("gives the outputs that were asked for, and reads tensors of one column", async () => {
    const ask = await servedBy([pinned(await madeLoaded("trees, binary"))]);
    const wide = inputs.map((each) => ({
      ...each,
      shape: [records.length, 1],
      data: each.data.map((value) => [value]),
    }));

    const { body } = await ask(`${path}/infer`, { inputs: wide, outputs: [{ name: "class" }] });

    const [only, ...others] = body["outputs"] as { datatype: string; data: unknown[] }[];
    expect([only!.datatype, others]).toEqual(["BOOL", []]);
    expect(only!.data).toEqual((await answersOf("trees, binary")).map((each) => each.kind === "class" && each.class));
  });

  it.each<[what: string, request: object, says: string]>([
    ["no tensors", {}, '"inputs" is not a list'],
    ["a shape that is another", { inputs: [{ ...inputs[0], shape: [3] }] }, "its shape is not"],
    ["no data", { inputs: [{ name: "speed", shape: [1], datatype: "FP64" }] }, "neither"],
    ["a name twice", { inputs: [inputs[0], inputs[0]] }, "Two tensors"],
    ["an output that there is not", { inputs, outputs: [{ name: "score" }] }, "class, probability, probabilities"],
  ])("refuses %s", async (_what, request, says) => {
    const ask = await servedBy([pinned(await madeLoaded("trees, binary"))]);

    const { status, body } = await ask(`${path}/infer`, request);

    expect(status).toBe(400);
    expect(body["error"]).toContain(says);
  });

  it("reads NaN, which Python writes for a missing number, and 0 and 1 of booleans", async () => {
    const ask = await servedBy([pinned(await madeLoaded("trees, binary"))]);
    const sent = inputs.map((each) =>
      each.name === "night"
        ? { ...each, data: each.data.map((value) => (value === null ? null : Number(value))) }
        : each,
    );
    const text = JSON.stringify({ inputs: sent, outputs: [{ name: "probability" }] });
    expect(text).toContain("null");

    const { body } = await ask(`${path}/infer`, text.replaceAll(/(?<=[[,])null(?=[\],])/g, "NaN"));

    expect((body["outputs"] as { data: unknown[] }[])[0]!.data).toEqual(
      (await answersOf("trees, binary")).map((each) => each.kind === "class" && each.probability),
    );
  });

  it.each<[what: string, request: object, header: string, says: string]>([
    ["more JSON than there is", { inputs }, "999999", "Inference-Header-Content-Length"],
    ["bytes that no tensor has", { inputs: [] }, "13", "bytes follow the JSON that no tensor has"],
    [
      "a tensor of more bytes than there are",
      { inputs: [{ ...inputs[2], data: undefined, parameters: { binary_data_size: 8 } }] },
      "",
      '"binary_data_size"',
    ],
    ["another datatype", { inputs: [{ ...inputs[2], datatype: "FP16" }] }, "", '"datatype" is not one of FP64'],
    ["an id that is a number", { inputs, id: 7 }, "", '"id" is not a text'],
    ["parameters that are a list", { inputs, parameters: [] }, "", '"parameters" is not an object'],
  ])("refuses %s", async (_what, request, header, says) => {
    const ask = await servedBy([pinned(await madeLoaded("trees, binary"))]);
    const text = `${JSON.stringify(request)}  `;
    const headers = header === "" ? {} : { "inference-header-content-length": header };

    expect(await ask(`${path}/infer`, text, headers)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining(says) },
    });
  });

  it("tells the row and column of a value of another type", async () => {
    const ask = await servedBy([pinned(await madeLoaded("trees, binary"))]);
    const wrong = inputs.map((each) => (each.name === "speed" ? { ...each, data: each.data.map(() => "1") } : each));

    expect(await ask(`${path}/infer`, { inputs: wrong })).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining('Row 0, "speed": expected a number or null, found a text.') },
    });
  });
});

describe("MLflow's scoring protocol", () => {
  const classes = async () => (await answersOf("trees, binary")).map((each) => each.kind === "class" && each.class);
  const cell = (value: MadeRecord[string]) => (value === null ? "" : `"${String(value).replaceAll('"', '""')}"`);
  const plain = (value: MadeRecord[string]) => (typeof value === "string" ? cell(value) : String(value ?? ""));
  const csv = [names.map(cell), ...records.map((row) => names.map((name) => plain(own(row, name))))];
  const text = csv.map((row) => row.join(",")).join("\r\n");

  it.each<[what: string, body: unknown, type: string]>([
    ["dataframe_records", { dataframe_records: records }, "application/json"],
    [
      "dataframe_split",
      {
        dataframe_split: {
          index: [1],
          columns: names,
          data: records.map((row) => names.map((name) => own(row, name))),
        },
      },
      "application/json; charset=utf-8",
    ],
  ])("reads %s", async (_what, body, type) => {
    const ask = await servedBy([pinned(await madeLoaded("trees, binary"))]);

    expect((await ask("/ping")).status).toBe(200);
    expect((await ask("/health")).status).toBe(200);
    expect((await ask("/version")).body).toEqual({ text: "0.1.0" });
    expect((await ask("/invocations", body, { "content-type": type })).body).toEqual({ predictions: await classes() });
  });

  it("reads CSV by the types of the columns", async () => {
    const version = await madeLoaded("trees, regression");
    const ask = await servedBy([pinned(version)]);
    // An empty text cannot be told from a missing one.
    const read = records.map((row) =>
      Object.fromEntries(names.map((name) => [name, own(row, name) === "" ? null : own(row, name)])),
    );
    const expected = (await version.predictMany(read)).answers.map((each) => each.kind === "value" && each.value);

    const { body } = await ask("/invocations", text, { "content-type": "text/csv" });

    expect(body["predictions"]).toEqual(expected);
    expect((await ask("/models/birdstrikes/invocations", `${text}\n`, { "content-type": "text/csv" })).body).toEqual(
      body,
    );
  });

  it.each<[what: string, body: unknown, type: string, status: number, says: string]>([
    ["no rows", {}, "application/json", 400, "dataframe_split"],
    ["rows twice", { inputs: [], instances: [] }, "application/json", 400, "dataframe_split"],
    ["tensors", { inputs: [[1]] }, "application/json", 400, 'Row 0 of "inputs"'],
    [
      "rows of other lengths",
      { dataframe_split: { columns: ["a"], data: [[1], []] } },
      "application/json",
      400,
      "Row 1",
    ],
    ["other types of content", "a", "text/plain", 415, "Content-Type"],
    ["CSV without a header", "", "text/csv", 400, "first line"],
    ["CSV with a row too short", "a,b\n1,2\n3\n", "text/csv", 400, "Row 1 of the CSV text has 1"],
    ["CSV with a name twice", "a,a\n1,2\n", "text/csv", 400, "twice"],
    ["CSV with a mark in a value", 'a\nx"y\n', "text/csv", 400, "quotation mark"],
    [
      "a text where a number should be",
      csv.map((row, i) => (i === 1 ? row.with(2, "fast") : row).join(",")).join("\n"),
      "text/csv",
      422,
      'Row 0, "speed"',
    ],
  ])("refuses %s", async (_what, body, type, status, says) => {
    const ask = await servedBy([pinned(await madeLoaded("trees, binary"))]);

    const answer = await ask("/invocations", body, { "content-type": type });

    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(says) } });
  });

  it("asks which model where there are several", async () => {
    const model = pinned(await madeLoaded("trees, binary"));
    const ask = await servedBy([model, { ...model, name: "other" }]);

    expect(await ask("/invocations", { dataframe_records: records })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining("/models/{model}/invocations") },
    });
    expect((await ask("/models/other/invocations", { dataframe_records: records })).status).toBe(200);
  });
});
