import type { LoadedVersion } from "@refit/runtime";
import { sentDatatypes } from "../binary-tensors.ts";
import { modelMetadata } from "../open-inference.ts";
import {
  answered,
  anything,
  count,
  exampleRecord,
  flag,
  jsonOf,
  listOf,
  objectOf,
  reference,
  refused,
  textSchema,
  type DocumentPart,
} from "./schemas.ts";

const tensor = { name: textSchema, datatype: textSchema, shape: listOf({ type: "integer" }) };

export const inferenceSchemas: DocumentPart = {
  InferenceError: objectOf({ error: textSchema, code: textSchema, requestId: textSchema }),
  ModelMetadata: objectOf({
    name: textSchema,
    versions: listOf(textSchema),
    platform: textSchema,
    inputs: listOf(objectOf(tensor)),
    outputs: listOf(objectOf(tensor)),
    parameters: { type: "object" },
  }),
  InferenceAnswer: objectOf(
    {
      model_name: textSchema,
      model_version: textSchema,
      parameters: objectOf(
        { treeId: textSchema, requestId: textSchema, ignored: count },
        { arm: textSchema, sticky: flag },
      ),
      outputs: listOf(objectOf(tensor, { data: listOf(anything) })),
    },
    { id: textSchema },
  ),
};

const ready = jsonOf(objectOf({ ready: flag, stale: listOf(textSchema) }));

export const serverPaths: DocumentPart = {
  "/v2": {
    get: {
      summary: "The server, by the Open Inference Protocol v2.",
      ...answered(
        jsonOf(objectOf({ name: textSchema, version: textSchema, extensions: listOf(textSchema) })),
        "Its name and version.",
      ),
    },
  },
  "/v2/health/live": {
    get: { summary: "Whether the server is running.", ...answered(jsonOf(objectOf({ live: flag })), "It is running.") },
  },
  "/v2/health/ready": {
    get: {
      summary: "Whether every model has a version.",
      ...answered(ready, "Every one has; `stale` names those that may not be what is live.", {
        503: { description: "One has none yet.", content: ready },
      }),
    },
  },
};

export function inferencePaths(name: string, version: LoadedVersion): DocumentPart {
  const path = `/v2/models/${encodeURIComponent(name)}`;
  return {
    [path]: {
      get: {
        summary: "The tensors that the model reads and answers with.",
        ...answered(jsonOf(reference("ModelMetadata")), "One tensor for each column.", refused("InferenceError", 503)),
      },
    },
    [`${path}/ready`]: {
      get: {
        summary: "Whether the model has a version.",
        ...answered(jsonOf(objectOf({ name: textSchema, ready: flag })), "It has one.", refused("InferenceError", 503)),
      },
    },
    [`${path}/infer`]: { post: inferOperation(name, version) },
  };
}

function requestSchema(outputs: readonly { readonly name: string }[]): DocumentPart {
  const sent = objectOf({
    name: textSchema,
    datatype: { enum: sentDatatypes },
    shape: listOf(count, { minItems: 1, maxItems: 2 }),
    data: listOf({ anyOf: [anything, listOf(anything)] }),
  });
  const wanted = objectOf({ name: { enum: outputs.map(({ name }) => name) } });
  return objectOf(
    { inputs: listOf(sent) },
    { id: textSchema, outputs: listOf(wanted), parameters: { type: "object" } },
  );
}

function inferOperation(name: string, version: LoadedVersion): DocumentPart {
  const values = exampleRecord(version.inputs);
  const { inputs, outputs } = modelMetadata({ name, version, stale: null });
  const tensors = inputs.map((input) => ({ ...input, shape: [1], data: [values[input.name]] }));
  return {
    summary: `Predicts ${version.target.name} from one tensor for each column, all of as many rows.`,
    description: "Binary tensors are accepted and returned, too, as in the binary tensor data extension.",
    requestBody: {
      required: true,
      content: jsonOf(requestSchema(outputs), { example: { inputs: tensors } }),
    },
    responses: {
      200: {
        description: "A tensor for each output that was asked for.",
        content: { ...jsonOf(reference("InferenceAnswer")), "application/octet-stream": {} },
      },
      ...refused("InferenceError", 400, 413, 422, 500, 503),
    },
  };
}
