import { describe, expect, it, onTestFinished } from "vitest";
import { follow, followView, type ServedModel } from "../../../serve/src/index.ts";
import { peers, skipped } from "../../../serve/test/peers/python.ts";
import { allPassed, askedByDescription, timeout } from "../../../serve/test/peers/schemathesis.ts";
import { addressOf } from "../../../serve/test/support/served.ts";
import { liveSources } from "../../src/runs/serve/live-sources.ts";
import { withViews } from "../../src/runs/serve/model-views.ts";
import { rawManifest } from "../e2e/support/raw-manifest.ts";
import { championScene } from "../e2e/support/scene.ts";
import { servedScene } from "../e2e/support/served.ts";
import { liveExample, materialized } from "../e2e/support/viewed.ts";

/** A version that takes raw rows, with a date in a form of its own and columns that are renamed. */
async function takingRaw(): Promise<ServedModel> {
  const spec = { key: "customer", candidates: [{ learner: "gbdt", trees: 8 }], slices: ["mood"] };
  const gates = [{ metric: "rocAuc", min: 0 }];
  const { model } = await servedScene(await championScene({ spec: { ...spec, gates }, manifest: rawManifest }));
  expect(model.raw).toHaveProperty("inputs");
  return model;
}

/** One whose rows are filled up by a key, as `refit serve --view` does. */
async function withKey(): Promise<ServedModel> {
  const scene = await liveExample();
  const ports = await scene.ports();
  const file = await materialized(scene);
  const place = { view: "customer_months", file, shown: file, usage: "" };
  const [source] = await withViews(ports, liveSources(ports, ["churn"]), [place]);
  const { version, stale, close } = await follow("churn", source!.find, { pollMilliseconds: Infinity });
  onTestFinished(close);
  return { name: "by key", version, stale, view: await followView(source!.view!) };
}

describe.skipIf(peers.python === null)(`what \`refit serve\` says of itself, by schemathesis${skipped}`, () => {
  it("holds for raw rows and for rows with a key of a view", { timeout }, async () => {
    const errors: unknown[] = [];
    const limits = { rows: 20, bodyBytes: 2 ** 24 };
    const models = await Promise.all([takingRaw(), withKey()]);
    const address = await addressOf(models, { limits, onError: (error) => errors.push(error) });

    const said = await askedByDescription(address);

    expect(errors).toEqual([]);
    expect(said).toMatch(allPassed);
  });
});
