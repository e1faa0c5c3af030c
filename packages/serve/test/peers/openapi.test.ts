import { describe, expect, it } from "vitest";
import { pinned } from "../../src/index.ts";
import { addressOf, madeLoaded } from "../support/served.ts";
import { peers, skipped } from "./python.ts";
import { allPassed, askedByDescription, timeout } from "./schemathesis.ts";

describe.skipIf(peers.python === null)(`the description of the server, by schemathesis${skipped}`, () => {
  it("is valid, as are its examples, and the server does what it says", { timeout }, async () => {
    const tasks = ["binary", "multiclass", "regression"];
    const models = tasks.map(async (name) => ({ ...pinned(await madeLoaded(`trees, ${name}`)), name }));
    const errors: unknown[] = [];
    // Requests at the limit of rows are sent, too.
    const limits = { rows: 20, bodyBytes: 2 ** 24 };
    const address = await addressOf(await Promise.all(models), { limits, onError: (error) => errors.push(error) });

    const said = await askedByDescription(address);

    expect(errors).toEqual([]);
    expect(said).toMatch(allPassed);
  });
});
