import type { LoadedVersion } from "@refit/runtime";
import { describe, expect, it } from "vitest";
import { madeInputs, madeRecords, type MadeRecord } from "../../../runtime/src/made-records.fixture.ts";
import { pinned } from "../../src/index.ts";
import { addressOf, madeLoaded } from "../support/served.ts";
import { peers, printedBy, skipped } from "./python.ts";

const kinds = ["trees, binary", "linear, multiclass", "trees, regression"];
/** Integers and booleans have missing values here, which tensors of INT64 and BOOL have not. */
const datatypes = {
  string: "BYTES",
  number: "FP64",
  integer: "FP64",
  boolean: "FP64",
  date: "BYTES",
  datetime: "BYTES",
};
/** A text that no row has. */
const missing = "\u0001missing";

const own = (row: MadeRecord, name: string) => Object.getOwnPropertyDescriptor(row, name)!.value as MadeRecord[string];
/** What JSON carries to Python, and Python to us: no lone half of a pair, no infinite number. */
const records = madeRecords(60, 3).filter((record) =>
  Object.values(record).every((value) =>
    typeof value === "string" ? !/\p{Cs}/u.test(value) : Number.isFinite(value ?? 0) || typeof value === "boolean",
  ),
);
const columns = madeInputs.map(({ name, type }) => [name, datatypes[type], records.map((row) => own(row, name))]);

async function expected(version: LoadedVersion): Promise<Record<string, unknown>> {
  const { answers } = await version.predictMany(records);
  const classes = answers.flatMap((answer) => (answer.kind === "class" ? [answer] : []));
  if (classes.length === 0) return { value: answers.map((answer) => answer.kind === "value" && answer.value) };
  return {
    class: classes.map((answer) => answer.class),
    probability: classes.map((answer) => answer.probability),
    probabilities: classes.flatMap((answer) => answer.probabilities),
  };
}

describe.skipIf(peers.python === null)(`Triton's client${skipped}`, () => {
  it("is told what the models are, and gets their answers as bytes and as JSON, with missing values", async () => {
    const versions = await Promise.all(kinds.map((kind) => madeLoaded(kind, "v7")));
    const address = await addressOf(versions.map((version, i) => ({ ...pinned(version), name: kinds[i]! })));

    const told = JSON.parse(await printedBy("ask-triton.py", { address, models: kinds, columns, missing })) as {
      readonly models: Readonly<Record<string, object>>;
    };

    expect(told).toMatchObject({
      live: true,
      ready: true,
      server: { name: "refit", extensions: ["binary_tensor_data"] },
      unknown: expect.stringContaining('404 No model "unknown"'),
      unknownReady: false,
    });
    for (const [i, version] of versions.entries()) {
      const answers = await expected(version);
      const [[first, values]] = Object.entries(answers) as [[string, unknown]];
      expect(told.models[kinds[i]!]).toMatchObject({
        ready: true,
        metadata: { versions: ["v7"], platform: `refit_${version.learner}` },
        bytes: answers,
        named: { [first]: values },
        json: answers,
        refused: expect.stringContaining('400 There is no output "score"'),
      });
    }
  });
});
