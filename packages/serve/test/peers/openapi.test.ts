import { describe, expect, it } from "vitest";
import { pinned } from "../../src/index.ts";
import { addressOf, madeLoaded } from "../support/served.ts";
import { peers, printedBy, skipped } from "./python.ts";

/** `npm run corpus -- openapi` asks for more. */
const asked = process.env["CORPUS_REQUESTS"];
const seed = process.env["CORPUS_SEED"] ?? "1";
const timeout = asked === undefined ? 180_000 : 3_600_000;
/** Systematic requests at the edges of each schema are many, however few others there are. */
const phases = asked === undefined ? "examples,fuzzing" : "examples,coverage,fuzzing";

describe.skipIf(peers.python === null)(`the description of the server, by schemathesis${skipped}`, () => {
  it("is valid, as are its examples, and the server does what it says", { timeout }, async () => {
    const tasks = ["binary", "multiclass", "regression"];
    const models = tasks.map(async (name) => ({ ...pinned(await madeLoaded(`trees, ${name}`)), name }));
    const errors: unknown[] = [];
    // Requests at the limit of rows are sent, too.
    const limits = { rows: 20, bodyBytes: 2 ** 24 };
    const address = await addressOf(await Promise.all(models), { limits, onError: (error) => errors.push(error) });
    const options = [`--phases=${phases}`, `--max-examples=${asked ?? 5}`, `--seed=${seed}`];

    const said = await printedBy("ask-openapi.py", { address, options }).catch(String);
    if (asked !== undefined) process.stdout.write(said);

    expect(errors).toEqual([]);
    expect(said.replaceAll(/^(.{400}).*$/gm, "$1 …")).toMatch(/^ +\d+ generated, \d+ passed$/m);
  });
});
