import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import type { FeatureSpec } from "@refit/core/data";
import { applyFeatures, type Column, fillSettings } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { temporaryRepository } from "@refit/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { versionOf } from "../src/made-version.fixture.ts";
import { bundleFor } from "./support/bundle.ts";
import { serve } from "./support/serve.ts";

const run = promisify(execFile);
const page = await readFile(new URL("../../../docs/use-a-model.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code!);
const folder = "models/birdstrikes/champion";

/** The model that the page speaks of. */
const spec: FeatureSpec = {
  format: 1,
  source: [],
  inputs: [
    { name: "speed", type: "number" },
    { name: "wildlife_size", type: "string" },
    { name: "flight_date", type: "date" },
  ],
  target: { name: "damaged", task: "binary", classes: [false, true] },
  features: [
    { kind: "numeric", name: "speed", input: "speed" },
    { kind: "categorical", name: "wildlife_size", input: "wildlife_size", levels: ["Small", "Large"] },
    { kind: "datetimePart", name: "flight_date.month", input: "flight_date", part: "month" },
  ],
  ignored: [],
};

let files: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  const rows = Array.from({ length: 60 }, (_, i) => i);
  const columns: Column[] = [
    { kind: "number", name: "speed", type: "number", values: Float64Array.from(rows, (i) => 5 * i) },
    {
      kind: "text",
      name: "wildlife_size",
      type: "string",
      dictionary: ["Small", "Large"],
      codes: Int32Array.from(rows, (i) => i % 2),
    },
    { kind: "number", name: "flight_date", type: "date", values: Float64Array.from(rows, (i) => 86_400_000 * 9 * i) },
  ];
  const features = await applyFeatures(
    spec,
    async (name) => columns.find((each) => each.name === name)!,
    Uint32Array.from(rows),
  );
  const train = { features, target: Float64Array.from(rows, (i) => (i % 2 === 1 || i > 40 ? 1 : 0)) };
  const settings = fillSettings(learners.linear, {}) as never;
  const artifact = await learners.linear.fit({
    task: "binary",
    classes: 2,
    settings,
    seed: 1,
    train,
    validation: train,
  });
  files = versionOf({ learner: "linear", artifact, spec });
});

async function repositoryWithModel(): Promise<string> {
  const repository = await temporaryRepository();
  for (const [file, bytes] of files) {
    await mkdir(path.dirname(path.join(repository.root, folder, file)), { recursive: true });
    await writeFile(path.join(repository.root, folder, file), bytes);
  }
  await repository.commit("a model");
  return repository.root;
}

/** The packages as they lie here, in place of those that are installed. */
const local = (code: string) =>
  code.replaceAll("@refit/runtime/node", "./node.ts").replaceAll("@refit/runtime", "./index.ts");

describe("docs/use-a-model.md", () => {
  it.each([
    ["from a folder", 0, /^true 0\.\d+ [0-9a-f]{40}\n$/],
    ["from git", 1, /^true \[ 0\.\d+, 0\.\d+ \]\n(?:true|false) \[ 0\.\d+, 0\.\d+ \]\n$/],
  ])("has code for Node that runs, %s", async (_where, block, said) => {
    const root = await repositoryWithModel();
    const { text } = await bundleFor("node", local(blocks[block]!), "esm");
    await writeFile(path.join(root, "use.mjs"), text);

    expect((await run(process.execPath, ["use.mjs"], { cwd: root })).stdout).toMatch(said);
  });

  it("has code for a browser that runs", async () => {
    const origin = await serve(async (request, response) => {
      const content = files.get(request.url!.slice(folder.length + 2));
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    const body = { textContent: "" };
    const [imports, ...statements] = local(blocks[2]!).split("\n\n");
    const { text } = await bundleFor(
      "browser",
      `${imports}\nexport const shown = (async () => {${statements.join("\n")}})();`,
      "iife",
    );
    const globals = {
      crypto,
      TextDecoder,
      TextEncoder,
      Uint8Array,
      document: { body },
      fetch: (address: string) => fetch(new URL(address, origin)),
    };

    await (runInNewContext(`${text};bundled`, globals) as { shown: Promise<void> }).shown;

    expect(body.textContent).toMatch(/^true: 0\.\d+$/);
  });
});
