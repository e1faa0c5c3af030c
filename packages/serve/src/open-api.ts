import type { LoadedVersion } from "@refit/runtime";
import type { ServedModel } from "./served-model.ts";
import { serverVersion } from "./server-version.ts";

type Schema = Readonly<Record<string, unknown>>;

const columnSchemas: Readonly<Record<LoadedVersion["inputs"][number]["type"], Schema>> = {
  string: { type: ["string", "null"] },
  number: { type: ["number", "null"] },
  integer: { type: ["number", "null"] },
  boolean: { type: ["boolean", "null"] },
  date: { type: ["string", "null"], description: "ISO 8601, such as 2026-11-28" },
  datetime: { type: ["string", "null"], description: "ISO 8601, such as 2026-11-28T06:00:00Z; UTC without a zone" },
  file: { type: ["string", "null"] },
};

const text = { type: "string" };
const textOrNull = { type: ["string", "null"] };
const objectOf = (properties: Schema): Schema => ({ type: "object", required: Object.keys(properties), properties });
const listOf = (items: Schema): Schema => ({ type: "array", items });
const json = (schema: Schema): Schema => ({ "application/json": { schema } });

/** The description (OpenAPI 3.1) of what the loaded versions answer to, each column with its type. */
export function openApi(models: readonly ServedModel[]): object {
  const paths = models.flatMap(({ name, version }) =>
    version === null
      ? []
      : [[`/models/${encodeURIComponent(name)}/predict`, { post: predictOperation(name, version) }]],
  );
  return {
    openapi: "3.1.0",
    info: { title: "Predictions of refit models", version: serverVersion },
    paths: { ...Object.fromEntries(paths), ...generalPaths },
    components: { schemas: { Error: errorSchema } },
  };
}

function predictOperation(name: string, { inputs, target }: LoadedVersion): object {
  const named = (wrap: (schema: Schema) => Schema) =>
    Object.fromEntries(inputs.map((input) => [input.name, wrap(columnSchemas[input.type])]));
  const record = objectOf(named((schema) => schema));
  const columns = objectOf(named(listOf));
  return {
    operationId: `predict ${name}`,
    summary: `Predicts ${target.name}. Columns are those that \`prepare\` gives; others are ignored and counted.`,
    requestBody: {
      required: true,
      content: json({ oneOf: [objectOf({ records: listOf(record) }), objectOf({ columns })] }),
    },
    responses: {
      200: { description: "One answer for each row, in their order.", content: json(answerSchema(target)) },
      default: { description: "No row was answered.", content: json({ $ref: "#/components/schemas/Error" }) },
    },
  };
}

function answerSchema({ classes }: LoadedVersion["target"]): Schema {
  const probability = { type: "number", minimum: 0, maximum: 1 };
  const answer =
    classes === null
      ? objectOf({ kind: { const: "value" }, value: { type: "number" } })
      : objectOf({
          kind: { const: "class" },
          class: { enum: classes },
          probability,
          probabilities: { ...listOf(probability), minItems: classes.length, maxItems: classes.length },
        });
  return objectOf({
    model: text,
    version: textOrNull,
    treeId: text,
    requestId: text,
    ignored: objectOf({ count: { type: "integer" }, names: listOf(text) }),
    answers: listOf(answer),
  });
}

const problem = objectOf({
  row: { type: "integer", minimum: 0 },
  column: text,
  expected: text,
  found: textOrNull,
  nearest: textOrNull,
});

const errorSchema: Schema = {
  type: "object",
  required: ["error", "requestId"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: { code: text, message: text, hint: text, problems: listOf(problem) },
    },
    requestId: text,
  },
};

const get = (summary: string) => ({
  get: { summary, responses: { 200: { description: "An object.", content: json({ type: "object" }) } } },
});
const generalPaths = {
  "/models": get("The models that are served, each with its version."),
  "/v2": get("The server, by the Open Inference Protocol v2, whose other paths begin with /v2, too."),
  "/v2/health/live": get("Whether the server runs."),
  "/v2/health/ready": get("Whether every model has a version; otherwise 503."),
};
