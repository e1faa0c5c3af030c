import { docsPage } from "@refit/core/errors";
import { canonicalJson, type Json, type Lineage, type LineageFile } from "@refit/core/history";
import { sha256 } from "../../sha256.ts";
import { decodeText } from "../../text.ts";
import { version as refitVersion } from "../../version.ts";
import type { DescribedVersion } from "../../versions/read-described.ts";
import { nameUuid } from "./name-uuid.ts";

/**
 * What a version is made of, in CycloneDX 1.7 (ML-BOM), as a text: the model with its card, its files, the code and the data that it
 * was trained with, the learner, and refit.
 *
 * A function of the version, its number and the release of refit: the same ones give the same bytes, so there is no time in it.
 */
export function billOfMaterials(version: DescribedVersion): string {
  const { folder, lineage, features, treeId, number, files } = version;
  const data = dataOf(lineage);
  const learner = component("learner", "library", lineage.learner.name, {
    version: String(lineage.learner.algorithmVersion),
    description: "The learner; its version is that of its algorithm.",
    properties: properties({ "refit:settings": canonicalJson(lineage.learner.settings) }),
  });
  const own = [...files].map(([file, bytes]) => fileComponent(file, sha256(bytes), { bytes: bytes.byteLength }));
  const bom = {
    $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.7",
    serialNumber: `urn:uuid:${nameUuid(NAMESPACE, treeId)}`,
    version: 1,
    metadata: {
      tools: { components: [{ type: "application", name: "refit", version: refitVersion }] },
      component: component("model", "machine-learning-model", lineage.model, {
        version: `v${number}`,
        description: `Predicts ${features.target.name}. Its files are in ${folder}.`,
        ...(treeId.length === 40 && { swhid: [`swh:1:dir:${treeId}`] }),
        externalReferences: [{ type: "documentation", url: docsPage("use-a-model.md") }],
        components: own,
        modelCard: modelCardOf(version, data),
        properties: properties({
          "refit:tree": treeId,
          "refit:parent": lineage.parent,
          "refit:inputs": lineage.inputDigest,
          "refit:data manifest": lineage.digests.manifest,
          "refit:settings": lineage.digests.settings,
          "refit:code": lineage.digests.code,
          "refit:seed": String(lineage.seed),
          "refit:owner": lineage.card?.owner ?? null,
        }),
      }),
    },
    components: [learner, ...data],
    dependencies: [{ ref: "model", dependsOn: ["learner", ...data.map((each) => each["bom-ref"])] }],
  };
  return canonicalJson(JSON.parse(JSON.stringify(bom)) as Json, 2);
}

/** Of all serial numbers that refit makes. */
const NAMESPACE = "6f1b1c7e-3c0a-5a52-9f0e-2b8f7d0c9a41";

type Component = Readonly<Record<string, unknown>> & { readonly "bom-ref": string };

function component(ref: string, type: string, name: string, more: object): Component {
  return { "bom-ref": ref, type, name, ...more };
}

function fileComponent(file: string, digest: string, facts: Readonly<Record<string, unknown>>): object {
  return {
    type: "file",
    name: file,
    hashes: [{ alg: "SHA-256", content: digest }],
    properties: properties(
      Object.fromEntries(Object.entries(facts).map(([name, value]) => [`refit:${name}`, asText(value)])),
    ),
  };
}

/** The dataset, and each further table. */
function dataOf({ data: { dataset, files, tables = {} } }: Lineage): Component[] {
  const one = (ref: string, name: string, listed: readonly LineageFile[]) =>
    component(ref, "data", name, {
      data: [{ type: "dataset", name }],
      components: listed.map(({ path, sha256: digest, bytes, rows, blob, version, named }) =>
        fileComponent(path, named?.own ?? digest, { bytes, rows, blob, version, named }),
      ),
    });
  return [
    one("data", dataset, files),
    ...Object.entries(tables).map(([name, listed]) => one(`data/${name}`, name, listed)),
  ];
}

function modelCardOf({ lineage, features, files }: DescribedVersion, data: readonly Component[]): object {
  const { target, inputs } = features;
  const { use, limits } = lineage.card ?? {};
  return {
    modelParameters: {
      approach: { type: "supervised" },
      task: target.task,
      architectureFamily: lineage.learner.name,
      datasets: data.map((each) => ({ ref: each["bom-ref"] })),
      inputs: inputs.map(({ name, type }) => ({ format: `${name}: ${type}` })),
      outputs: (target.classes ?? []).map((each) => ({ format: `probability of ${target.name} = ${String(each)}` })),
    },
    quantitativeAnalysis: { performanceMetrics: metricsOf(files) },
    ...((use ?? limits) !== undefined && {
      considerations: {
        ...(use !== undefined && { useCases: [use] }),
        ...(limits !== undefined && { technicalLimitations: [limits] }),
      },
    }),
    properties: properties({
      "refit:holdout rows": String(lineage.holdout.rows),
      "refit:holdout from": lineage.holdout.from,
      "refit:holdout to": lineage.holdout.to,
      "refit:holdout digest": lineage.holdout.digest,
      "refit:trained until": lineage.trainedUntil ?? null,
      "refit:trained rows": lineage.trainedRows === undefined ? null : String(lineage.trainedRows),
      "refit:declared": lineage.declared === undefined ? null : canonicalJson(lineage.declared),
    }),
  };
}

interface StoredMetrics {
  readonly holdout?: Readonly<Record<string, number>>;
  readonly slices?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

function metricsOf(files: DescribedVersion["files"]): object[] {
  const bytes = files.get("metrics.json");
  const { holdout = {}, slices = {} } = (bytes === undefined ? {} : JSON.parse(decodeText(bytes))) as StoredMetrics;
  const rows = (values: Readonly<Record<string, number>>, more: object) =>
    Object.entries(values).map(([type, value]) => ({ type, value: String(value), ...more }));
  return [...rows(holdout, {}), ...Object.entries(slices).flatMap(([slice, values]) => rows(values, { slice }))];
}

/** Without those that say nothing. */
function properties(values: Readonly<Record<string, string | null>>): object[] {
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}

function asText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === "object" ? canonicalJson(value as Json) : String(value);
}
