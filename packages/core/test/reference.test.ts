import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type * as z from "zod";

import { answerProblem } from "@refit/testkit/answers";
import { answerSchemas } from "../src/answers/answer-schemas.ts";
import { publishedSchema } from "../src/answers/published-schema.ts";
import { featureSpec } from "../src/features/feature-spec.ts";
import { ledgerRow } from "../src/ledger/ledger-row.ts";
import { lineage } from "../src/lineage/lineage.ts";
import { parseReport } from "../src/report/report-schema.ts";
import { dayFile } from "../src/production/day-file.ts";
import { predictionLine } from "../src/production/prediction-line.ts";
import { siteHistory } from "../src/report/site-history.ts";
import { sectionIds } from "../src/report/section.ts";
import { dataManifest } from "../src/spec/data-manifest.ts";
import { layoutSpec } from "../src/spec/layout-spec.ts";
import { jsonSchemaOf, namedEntry } from "../src/spec/json-schema.ts";
import type { JsonSchema } from "../src/spec/json-schema.ts";
import { modelSpec } from "../src/spec/model-spec.ts";
import { rolloutSpec } from "../src/spec/rollout.ts";
// The schema and the page tell of the learners that come with refit.
import { commandJob } from "../src/learners/command-job.ts";
import { commandDescriptor } from "../src/learners/command-descriptor.ts";
import { onnxDescriptor } from "../src/learners/onnx-descriptor.ts";
import { tfjsDescriptor } from "../src/learners/tfjs-descriptor.ts";
import { descriptors } from "../../tabular/src/descriptors.ts";
import { referencePage, withPartWords } from "./reference-page.ts";

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

const rolloutPage = referencePage(
  "rollout.yaml",
  "`models/<model>/rollout.yaml` stands beside `canary/` and says which share of the requests that version answers, and what it has to show before it gets more ([how](../canary.md)). " +
    "refit writes it, one key a line, when a canary starts; a step changes `percent` and nothing else. " +
    "The JSON Schema is `refit schema rollout`, or [rollout.schema.json](../../packages/core/schemas/rollout.schema.json).",
  exampleOf("rollout.yaml"),
  jsonSchemaOf(rolloutSpec),
);

const keysMayCome = "Keys may be added.";
const higherFormat = `${keysMayCome} A higher \`format\` means that an older reader cannot read it.`;

/** What stands above the keys of an answer, where there is more to say than what it is of. */
const introductions: Readonly<Record<string, string>> = {
  affected: `\`refit affected --json\` prints which models a change [affects](../monorepo.md), and what is not known. ${higherFormat}`,
  "shown-version": `\`refit show MODEL@vN --json\` prints one version, where everything of it is, and how to use it. ${higherFormat}`,
  status: `\`refit status --json\` prints a list with an entry like this for each model, from git history, the branch \`refit-ledger\`, the settings and the names of data files; no data are read. ${keysMayCome}`,
  history: `\`refit history --json\` prints what happened to models, newest first, from the branch \`refit-ledger\` and the log of the base branch. ${higherFormat}`,
  error: `A command that cannot go on prints this with \`--json\`, in place of its answer, and exits with 2. An error that refit does not know has the code \`bug\` and exits with 1.`,
  run: `\`refit run --json\` prints a list with an entry for each model: how its run ended, with all reasons. ${keysMayCome}`,
};

/** By name of the schema. */
const exampleAnswers = JSON.parse(exampleOf("answers.json")) as Readonly<Record<string, unknown>>;

/** `show-json.md` is older than the rule that a page is named after its schema. */
const pageOf = (name: string) => (name === "shown-version" ? "show-json" : `${name}-json`);

interface ReferencePage {
  readonly name: string;
  readonly page: string;
  readonly schema: z.ZodType;
}

/** `report.json` has a page that people have written. */
const answerPages: readonly ReferencePage[] = answerSchemas
  .filter(({ name }) => name !== "report")
  .map(({ name, title, schema }) => {
    const about = introductions[name] ?? `What \`${title}\` prints. ${keysMayCome}`;
    const place = `The JSON Schema is \`refit schema ${name}\`, or [${name}.schema.json](../../packages/core/schemas/${name}.schema.json).`;
    const example = JSON.stringify(exampleAnswers[name], null, 2);
    return { name, page: referencePage(title, `${about} ${place}`, example, jsonSchemaOf(schema)), schema };
  });

const siteTitle = "api/models/<model>/*.json of a site";
const sitePage = referencePage(
  siteTitle,
  `\`refit site\` writes these files [beside its pages](../site.md); the pages show what is in them. ${higherFormat} \`api/index.json\` is what \`refit status --json\` prints. ` +
    "The JSON Schema is `refit schema site-history`, or [site-history.schema.json](../../packages/core/schemas/site-history.schema.json).",
  exampleOf("site-history.json"),
  jsonSchemaOf(siteHistory),
);

const predictionPage = referencePage(
  "a line of a prediction log",
  "`refit serve --log` writes a line like this [for each row that it answers](../prediction-log.md), and whoever answers without it can write the same. " +
    "The JSON Schema is `refit schema prediction`, or [prediction.schema.json](../../packages/core/schemas/prediction.schema.json).",
  exampleOf("prediction.json"),
  jsonSchemaOf(predictionLine),
);

const productionDayPage = referencePage(
  "production/<model>/<day>.json",
  "`refit monitor` writes a file like this for each day of answers, on the branch `refit-ledger` ([how](../monitor.md)). " +
    `Counts and sums only, all of them whole numbers. ${higherFormat} ` +
    "The JSON Schema is `refit schema production-day`, or [production-day.schema.json](../../packages/core/schemas/production-day.schema.json).",
  exampleOf("production-day.json"),
  jsonSchemaOf(dayFile),
);

/** Of files, as they are written; answers follow. */
const fileSchemas: readonly [name: string, schema: z.ZodType][] = [
  ["model", model],
  ["data-manifest", dataManifest],
  ["refit", layoutSpec],
  ["rollout", rolloutSpec],
  ["lineage", lineage],
  ["ledger-row", ledgerRow],
  ["command-job", commandJob],
  ["features", featureSpec],
  ["prediction", predictionLine],
  ["production-day", dayFile],
  ["site-history", siteHistory],
];

describe("the committed JSON Schemas", () => {
  it.each([...fileSchemas, ...answerSchemas.map(({ name, schema }) => [name, schema] as const)])(
    "%s.schema.json is current",
    async (name, schema) => {
      const text = JSON.stringify(publishedSchema(name, schema), null, 2);

      await expect(`${text}\n`).toMatchFileSnapshot(`../schemas/${name}.schema.json`);
    },
  );
});

describe("the reference pages", () => {
  it.each<[file: string, page: string]>([
    ["model-yaml", modelPage],
    ["data-manifest-yaml", manifestPage],
    ["refit-yaml", layoutPage],
    ["rollout-yaml", rolloutPage],
    ["site-history-json", sitePage],
    ["prediction-json", predictionPage],
    ["production-day-json", productionDayPage],
    ...answerPages.map(({ name, page }) => [pageOf(name), page] as [string, string]),
  ])("%s.md is current", async (file, page) => {
    await expect(page).toMatchFileSnapshot(`../../../docs/reference/${file}.md`);
  });

  it("have a list of all answers", async () => {
    const rows = answerSchemas.map(
      ({ name, title }) => `| ${title} | [${pageOf(name)}](${pageOf(name)}.md) | \`refit schema ${name}\` |`,
    );
    const index = [
      "# What commands print with --json",
      "<!-- Generated from the schemas: npx vitest run packages/core/test/reference.test.ts -u -->",
      "Every command has `--json`. What it prints then goes to standard output, as one JSON value; notices and progress go to standard error. " +
        "Times are ISO 8601 in UTC, and other numbers have their unit in their name or description. Keys may be added, so pass over those that you do not know. " +
        "A command that cannot go on prints an [error](error-json.md) in place of its answer.",
      ["| answer | page | JSON Schema |", "| --- | --- | --- |", ...rows].join("\n"),
    ];

    await expect(`${index.join("\n\n")}\n`).toMatchFileSnapshot("../../../docs/reference/json.md");
  });

  it.each<[name: string, page: string, schema: z.ZodType]>([
    ["model.yaml", modelPage, model],
    ["the data manifest", manifestPage, dataManifest],
    ["refit.yaml", layoutPage, layoutSpec],
    ["rollout.yaml", rolloutPage, rolloutSpec],
    ["refit site", sitePage, siteHistory],
    ["a prediction log", predictionPage, predictionLine],
    ["a day in production", productionDayPage, dayFile],
    ...answerPages.map(({ name, page, schema }) => [name, page, schema] as [string, string, z.ZodType]),
  ])("%s: every key has a row that says what it means", (_name, page, schema) => {
    const keys = keysOf(withPartWords(jsonSchemaOf(schema)));

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
  const { Report: _report, Piece: _piece, Text: _text, ...parts } = schema.$defs ?? {};
  const items = schema.prefixItems === undefined ? schema.items : undefined;
  const inside = [items, namedEntry(schema), ...Object.values(parts)].filter((each) => each !== undefined);
  return [...own, ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...inside].flatMap(keysOf)];
}

/** The example is a fixture, so that the reader's own test reads it too. */
function exampleOf(file: string): string {
  return readFileSync(new URL(`../../refit/test/fixtures/${file}`, import.meta.url), "utf8");
}

/** Keys of JSON Schema itself, and the names of its definitions. */
const schemaWords = new Set(["properties", "items", "additionalProperties", "Piece", "Text"]);

it.each(answerPages.map(({ name, schema }) => [name, schema] as const))("the example of %s is one", (name, schema) => {
  expect(answerProblem(jsonSchemaOf(schema), exampleAnswers[name])).toBeNull();
});

it("the example of a site is one", () => {
  expect(siteHistory.strict().safeParse(JSON.parse(exampleOf("site-history.json"))).error).toBeUndefined();
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
