import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type * as z from "zod";

import { featureSpec } from "../src/features/feature-spec.ts";
import { ledgerRow } from "../src/ledger/ledger-row.ts";
import { lineage } from "../src/lineage/lineage.ts";
import { parseReport, storedReport } from "../src/report/report-schema.ts";
import { affectedAnswer } from "../src/affected/affected-answer.ts";
import { shownVersion } from "../src/report/shown-version.ts";
import { statusOfModel } from "../src/report/status-schema.ts";
import { toldHistory } from "../src/report/told-history.ts";
import { siteHistory } from "../src/report/site-history.ts";
import { sectionIds } from "../src/report/section.ts";
import { dataManifest } from "../src/spec/data-manifest.ts";
import { layoutSpec } from "../src/spec/layout-spec.ts";
import { jsonSchemaOf, namedEntry } from "../src/spec/json-schema.ts";
import type { JsonSchema } from "../src/spec/json-schema.ts";
import { modelSpec } from "../src/spec/model-spec.ts";
// The schema and the page tell of the learners that come with refit.
import { commandJob } from "../src/learners/command-job.ts";
import { commandDescriptor } from "../src/learners/command-descriptor.ts";
import { onnxDescriptor } from "../src/learners/onnx-descriptor.ts";
import { tfjsDescriptor } from "../src/learners/tfjs-descriptor.ts";
import { descriptors } from "../../tabular/src/descriptors.ts";
import { referencePage } from "./reference-page.ts";

// The committed schemas and pages are made here: `npx vitest run packages/core/test/reference.test.ts -u` writes them anew.

const model = modelSpec([...descriptors, commandDescriptor, onnxDescriptor, tfjsDescriptor]);
const modelPage = referencePage(
  "model.yaml",
  "`models/<model>/model.yaml` says what a model predicts, from what, and what it must prove before it is promoted. " +
    "It is YAML 1.2; unknown keys, wrong types and impossible combinations are [errors](../errors/spec-invalid.md).",
  exampleOf("model.yaml"),
  jsonSchemaOf(model),
);
const manifestPage = referencePage(
  "data-manifests/<dataset>.yaml",
  "`data-manifests/<dataset>.yaml` says where the rows of a dataset are, what their columns mean and what must hold " +
    "for them. It is YAML 1.2, in the words of Frictionless Table Schema where that has them; unknown keys, wrong types " +
    "and impossible combinations are [errors](../errors/spec-invalid.md).",
  exampleOf("data-manifest.yaml"),
  jsonSchemaOf(dataManifest),
);

const layoutPage = referencePage(
  "refit.yaml",
  "`refit.yaml` at the root of the repository says which folders may hold models, how many of them a run works on at once, and whether an issue shows how they all are. It is optional. refit reads it on the base branch, as " +
    "everything that decides what is live; unknown keys, wrong types and globs that match nothing are [errors](../errors/spec-invalid.md). " +
    "[Models beside their code](../monorepo.md#models-beside-their-code) says what follows from it.",
  exampleOf("refit.yaml"),
  jsonSchemaOf(layoutSpec),
);

const affectedPage = referencePage(
  "refit affected --json",
  "`refit affected --json` prints which models a change [affects](../monorepo.md), and what is not known. Keys may be added; a higher `format` " +
    "means that an older reader cannot read it. The JSON Schema is [affected.schema.json](../../packages/core/schemas/affected.schema.json).",
  exampleOf("affected.json"),
  jsonSchemaOf(affectedAnswer),
);

const shownPage = referencePage(
  "refit show --json",
  "`refit show MODEL@vN --json` prints one version, where everything of it is, and how to use it. Keys may be added; a higher `format` " +
    "means that an older reader cannot read it. The JSON Schema is [shown-version.schema.json](../../packages/core/schemas/shown-version.schema.json).",
  exampleOf("shown-version.json"),
  jsonSchemaOf(shownVersion),
);

const statusPage = referencePage(
  "refit status --json",
  "`refit status --json` prints a list with an entry like this for each model, from git history, the branch `refit-ledger`, the settings and the names of " +
    "data files; no data are read. Keys may be added. The JSON Schema of an entry is [status.schema.json](../../packages/core/schemas/status.schema.json).",
  exampleOf("status.json"),
  jsonSchemaOf(statusOfModel),
);

const historyPage = referencePage(
  "refit history --json",
  "`refit history --json` prints what happened to models, newest first, from the branch `refit-ledger` and the log of the base branch. Keys may be " +
    "added; a higher `format` means that an older reader cannot read it. The JSON Schema is [history.schema.json](../../packages/core/schemas/history.schema.json).",
  exampleOf("history.json"),
  jsonSchemaOf(toldHistory),
);

const sitePage = referencePage(
  "api/models/<model>/*.json of a site",
  "`refit site` writes these files [beside its pages](../site.md); the pages show what is in them. Keys may be added; a higher `format` " +
    "means that an older reader cannot read it. `api/index.json` is what `refit status --json` prints. The JSON Schema is " +
    "[site-history.schema.json](../../packages/core/schemas/site-history.schema.json).",
  exampleOf("site-history.json"),
  jsonSchemaOf(siteHistory),
);

describe("the committed JSON Schemas", () => {
  it.each<[file: string, title: string, schema: z.ZodType]>([
    ["model", "models/<model>/model.yaml", model],
    ["data-manifest", "data-manifests/<dataset>.yaml", dataManifest],
    ["refit", "refit.yaml", layoutSpec],
    ["lineage", "lineage.json of a version", lineage],
    ["ledger-row", "a line of the ledger", ledgerRow],
    ["command-job", "job.json of a command learner", commandJob],
    ["features", "features.json of a version", featureSpec],
    ["report", "report.json on the ledger branch", storedReport],
    ["shown-version", "refit show --json", shownVersion],
    ["affected", "refit affected --json", affectedAnswer],
    ["status", "an entry of refit status --json", statusOfModel],
    ["history", "refit history --json", toldHistory],
    ["site-history", "api/models/<model>/*.json of refit site", siteHistory],
  ])("%s.schema.json is current", async (file, title, schema) => {
    const text = JSON.stringify({ title, ...jsonSchemaOf(schema) }, null, 2);

    await expect(`${text}\n`).toMatchFileSnapshot(`../schemas/${file}.schema.json`);
  });
});

describe("the reference pages", () => {
  it.each([
    ["model-yaml", modelPage],
    ["data-manifest-yaml", manifestPage],
    ["refit-yaml", layoutPage],
    ["show-json", shownPage],
    ["affected-json", affectedPage],
    ["status-json", statusPage],
    ["history-json", historyPage],
    ["site-json", sitePage],
  ])("%s.md is current", async (file, page) => {
    await expect(page).toMatchFileSnapshot(`../../../docs/reference/${file}.md`);
  });

  it.each<[file: string, page: string, schema: z.ZodType]>([
    ["model.yaml", modelPage, model],
    ["the data manifest", manifestPage, dataManifest],
    ["refit.yaml", layoutPage, layoutSpec],
    ["refit show --json", shownPage, shownVersion],
    ["refit affected --json", affectedPage, affectedAnswer],
    ["refit status --json", statusPage, statusOfModel],
    ["refit history --json", historyPage, toldHistory],
    ["refit site", sitePage, siteHistory],
  ])("%s: every key has a row that says what it means", (_file, page, schema) => {
    const keys = keysOf(jsonSchemaOf(schema));

    expect(keys.filter(({ description }) => !description?.endsWith(".")).map(({ key }) => key)).toEqual([]);
    const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
    expect(new Set(rows)).toEqual(new Set(keys.map(({ key }) => key)));
    expect(rows).toHaveLength(keys.length);
  });

  it.each([
    ["model.yaml", modelPage],
    ["the data manifest", manifestPage],
  ])("%s: every link into the page has its heading", (_file, page) => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, "")
        .replaceAll(" ", "-"),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target!);

    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !headings.includes(link))).toEqual([]);
  });
});

/** Every key of the schema at any depth. */
function keysOf(schema: JsonSchema): { key: string; description: string | undefined }[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => [
    { key, description: property.description },
    ...keysOf(property),
  ]);
  const inside = [schema.items, namedEntry(schema)].filter((each) => each !== undefined);
  return [...own, ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...inside].flatMap(keysOf)];
}

/** The example is a fixture, so that the reader's own test reads it too. */
function exampleOf(file: string): string {
  return readFileSync(new URL(`../../refit/test/fixtures/${file}`, import.meta.url), "utf8");
}

/** Keys of JSON Schema itself, and the names of its definitions. */
const schemaWords = new Set(["properties", "items", "additionalProperties", "Piece", "Text"]);

it.each([
  ["show", "shown-version.json", shownVersion],
  ["affected", "affected.json", affectedAnswer],
  ["status", "status.json", statusOfModel],
  ["history", "history.json", toldHistory],
  ["site", "site-history.json", siteHistory],
])("the example of `refit %s --json` is one", (_command, file, schema) => {
  expect(schema.strict().safeParse(JSON.parse(exampleOf(file))).error).toBeUndefined();
});

describe("the reference page of report.json", () => {
  const page = readFileSync(new URL("../../../docs/reference/report-json.md", import.meta.url), "utf8");
  const committed = readFileSync(new URL("../schemas/report.schema.json", import.meta.url), "utf8");
  const named = new Set([...page.matchAll(/`([\w.[\]]+)`/g)].map(([, word]) => word!.split(".").at(-1)!));

  it.each<[what: string, words: readonly string[]]>([
    ["key", [...committed.matchAll(/"(\w+)": \{/g)].map(([, key]) => key!).filter((key) => !schemaWords.has(key))],
    ["kind", [...committed.matchAll(/"const": "(\w+)"/g)].map(([, kind]) => kind!)],
    ["section", sectionIds],
  ])("names every %s", (_what, words) => {
    expect(words.length).toBeGreaterThan(4);
    expect(words.filter((word) => !named.has(word))).toEqual([]);
  });

  it("has an example that can be read", () => {
    const example = /```json\n([\s\S]*?)```/.exec(page)![1]!;

    expect(parseReport("report.json", example)).toEqual(JSON.parse(example));
  });
});
