import { describe, expect, it } from "vitest";
import { madeInputs, madeRecords, type MadeRecord } from "../../../runtime/src/made-records.fixture.ts";
import { pinned } from "../../src/index.ts";
import { serverVersion } from "../../src/server-version.ts";
import { addressOf, madeLoaded } from "../support/served.ts";
import { peers, printedBy, skipped } from "./python.ts";

const own = (row: MadeRecord, name: string) => Object.getOwnPropertyDescriptor(row, name)!.value as MadeRecord[string];
/** What pandas has and CSV tells from a missing value: no lone half of a pair, no infinite number, no empty text. */
const isPlain = (value: MadeRecord[string]) =>
  typeof value === "string"
    ? value !== "" && !/\p{Cs}/u.test(value)
    : typeof value !== "number" || Number.isFinite(value);
const records = madeRecords(80, 4).filter((record) => Object.values(record).every(isPlain));
const columns = madeInputs.map(({ name, type }) => [name, type, records.map((row) => own(row, name))]);

describe.skipIf(peers.python === null)(`MLflow's client${skipped}`, () => {
  it("gets the answers for a data frame, however it is sent", async () => {
    const version = await madeLoaded("trees, regression");
    const expected = [...(await version.predictMany(records)).values];

    const told = JSON.parse(
      await printedBy("ask-mlflow.py", { address: await addressOf([pinned(version)]), columns }),
    ) as object;

    expect(told).toEqual({
      version: serverVersion,
      client: expected,
      dataframe_records: expected,
      inputs: expected,
      "inputs by column": expected,
      "inputs of one row": expected.slice(0, 2),
      instances: expected,
      csv: expected,
    });
  });
});
