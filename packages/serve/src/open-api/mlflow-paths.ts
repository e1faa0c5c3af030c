import type { ReadyModel } from "../served-model.ts";
import {
  answered,
  anything,
  columnsSchema,
  exampleRecord,
  jsonOf,
  listOf,
  objectOf,
  plainText,
  recordSchema,
  refused,
  textSchema,
  type DocumentPart,
} from "./schemas.ts";
import { orKey } from "./view-schemas.ts";

export const mlflowSchemas: DocumentPart = {
  MlflowError: objectOf({ error_code: textSchema, message: textSchema, requestId: textSchema }),
};

const health = {
  get: {
    summary: "Whether every model has a version, as MLflow's scoring server says it.",
    ...answered(plainText, "Every one has.", refused("MlflowError", 503)),
  },
};

export const healthPaths: DocumentPart = {
  "/ping": health,
  "/health": health,
  "/version": { get: { summary: "The version of the server.", ...answered(plainText, "A text such as 1.2.3.") } },
};

/** @param path `/invocations`, or that of one of several models @param most rows of one request */
export function mlflowPaths(
  path: string,
  { version: { inputs, target }, view }: ReadyModel,
  most: number,
): DocumentPart {
  const record = orKey(recordSchema(inputs), view);
  const records = listOf(record, { maxItems: most });
  const split = objectOf({ columns: listOf(textSchema), data: listOf(listOf(anything), { maxItems: most }) });
  const frame = { anyOf: [orKey(columnsSchema(inputs, most), view, listOf), record, records] };
  const forms = { dataframe_split: split, dataframe_records: records, inputs: frame, instances: frame };
  const predictions = target.classes === null ? { type: "number" } : { enum: target.classes };
  const example = { dataframe_records: [exampleRecord(inputs)] };
  const others = (name: string) => Object.keys(forms).flatMap((each) => (each === name ? [] : [{ required: [each] }]));
  const schema = {
    oneOf: Object.entries(forms).map(([name, form]) => ({
      ...objectOf({ [name]: form }),
      not: { anyOf: others(name) },
    })),
  };
  return {
    [path]: {
      post: {
        summary: `Predicts ${target.name} for a data frame, as MLflow's scoring server does.`,
        requestBody: { required: true, content: { ...jsonOf(schema, { example }), "text/csv": {} } },
        responses: {
          200: {
            description: "A class or value for each row.",
            content: jsonOf(objectOf({ predictions: listOf(predictions) })),
          },
          ...refused("MlflowError", 400, 413, 415, 422, 500, 503),
        },
      },
    },
  };
}
