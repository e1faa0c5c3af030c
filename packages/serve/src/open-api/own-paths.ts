import type { LoadedVersion } from "@refit/runtime";
import type { ReadyModel } from "../served-model.ts";
import type { ServedView } from "../views.ts";
import { rawBodies, rawContractSchema } from "./raw-rows-schema.ts";
import {
  answered,
  columnsSchema,
  count,
  exampleRecord,
  flag,
  jsonOf,
  listOf,
  objectOf,
  plainText,
  recordSchema,
  reference,
  refused,
  textSchema,
  textOrNull,
  type DocumentPart,
} from "./schemas.ts";
import { absentKeysSchema, orKey, usedViewSchema } from "./view-schemas.ts";

const problem = objectOf({
  row: count,
  column: textSchema,
  expected: textSchema,
  found: textOrNull,
  nearest: textOrNull,
});
const summary = { name: textSchema, ready: flag, version: textOrNull, treeId: textOrNull, stale: flag };
const canary = {
  ...objectOf({
    treeId: textOrNull,
    percent: { type: "number", minimum: 0, maximum: 100 },
    ready: flag,
    stopped: { enum: ["failed", "slow", null] },
  }),
  description: "A version that is tried out beside it; absent where there is none.",
};

export const ownSchemas: DocumentPart = {
  Error: objectOf({
    error: objectOf({ code: textSchema, message: textSchema }, { hint: textSchema, problems: listOf(problem) }),
    requestId: textSchema,
  }),
  Model: objectOf(summary, { canary }),
};

export const ownPaths: DocumentPart = {
  "/models": {
    get: {
      summary: "The models that are served, each with its version.",
      ...answered(jsonOf(objectOf({ models: listOf(reference("Model")) })), "All of them, loaded or not."),
    },
  },
  "/metrics": {
    get: {
      summary: "Requests, their durations and the served versions, for Prometheus.",
      ...answered(plainText, "Metrics in the text format."),
    },
  },
};

/** Of answers while a canary is asked, too. */
const answeredBySchemas: DocumentPart = {
  arm: { enum: ["champion", "canary", "both"], description: "Whose answers these are, while a canary is asked, too." },
  sticky: { ...flag, description: "Whether the same keys get the same version the next time." },
  canary: { ...objectOf({ treeId: textSchema, rows: listOf(count) }), description: "The rows that it has answered." },
};

/** @param most rows of one request */
export function modelPaths(model: ReadyModel, most: number): DocumentPart {
  const path = `/models/${encodeURIComponent(model.name)}`;
  return {
    [path]: { get: describeOperation(model.version) },
    [`${path}/predict`]: { post: predictOperation(model, most) },
  };
}

function describeOperation({ target }: LoadedVersion): DocumentPart {
  const column = objectOf({ name: textSchema, type: textSchema });
  const described = objectOf(
    {
      ...summary,
      learner: textSchema,
      inputs: listOf(column),
      target: objectOf({ name: textSchema, task: textSchema, classes: { type: ["array", "null"] } }),
      raw: rawContractSchema,
    },
    { canary },
  );
  return {
    summary: `What predicts ${target.name}, and the columns that it reads.`,
    ...answered(jsonOf(described), "The version that is served.", refused("Error", 503)),
  };
}

function predictOperation({ name, version: { inputs, target }, view, raw }: ReadyModel, most: number): DocumentPart {
  const example = exampleRecord(inputs);
  const columns = Object.fromEntries(Object.entries(example).map(([column, value]) => [column, [value]]));
  // Bodies of prepared rows may say that they are.
  const options: DocumentPart = { input: { const: "prepared" }, ...(view && { absentKeys: absentKeysSchema }) };
  const forms = [
    {
      ...objectOf({ records: listOf(orKey(recordSchema(inputs), view), { maxItems: most }) }, options),
      not: { required: ["columns"] },
    },
    {
      ...objectOf({ columns: orKey(columnsSchema(inputs, most), view, listOf) }, options),
      not: { required: ["records"] },
    },
    ...rawBodies(raw, most),
  ];
  const examples = { records: { value: { records: [example] } }, columns: { value: { columns } } };
  return {
    operationId: `predict ${name}`,
    summary: `Predicts ${target.name}. Columns are those that \`prepare\` gives, or with \`"input": "raw"\`, where the model takes that, those of the data files; others are ignored, and counted in the answer.`,
    requestBody: { required: true, content: jsonOf({ oneOf: forms }, { examples }) },
    responses: {
      200: { description: "One answer for each row, in the same order.", content: jsonOf(answerSchema(target, view)) },
      ...refused("Error", 400, 413, 422, 500, 503),
    },
  };
}

function answerSchema({ classes }: LoadedVersion["target"], view: ServedView | undefined): DocumentPart {
  const probability = { type: "number", minimum: 0, maximum: 1 };
  const answer =
    classes === null
      ? objectOf({ kind: { const: "value" }, value: { type: "number" } })
      : objectOf({
          kind: { const: "class" },
          class: { enum: classes },
          probability,
          probabilities: listOf(probability, { minItems: classes.length, maxItems: classes.length }),
        });
  return objectOf(
    {
      model: textSchema,
      version: textOrNull,
      treeId: textSchema,
      requestId: textSchema,
      ignored: objectOf({ count, names: listOf(textSchema) }),
      answers: listOf({ anyOf: [answer, { type: "null", description: "`prepare` leaves the raw row out." }] }),
      ...(view !== undefined && { view: usedViewSchema }),
    },
    answeredBySchemas,
  );
}
