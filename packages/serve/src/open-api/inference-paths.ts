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
  text,
  type DocumentPart,
} from "./schemas.ts";

const tensor = { name: text, datatype: text, shape: listOf({ type: "integer" }) };

export const inferenceSchemas: DocumentPart = {
  InferenceError: objectOf({ error: text, code: text, requestId: text }),
  ModelMetadata: objectOf({
    name: text,
    versions: listOf(text),
    platform: text,
    inputs: listOf(objectOf(tensor)),
    outputs: listOf(objectOf(tensor)),
    parameters: { type: "object" },
  }),
  InferenceAnswer: objectOf(
    {
      model_name: text,
      model_version: text,
      parameters: objectOf({ treeId: text, requestId: text, ignored: count }),
      outputs: listOf(objectOf(tensor, { data: listOf(anything) })),
    },
    { id: text },
  ),
};

const ready = jsonOf(objectOf({ ready: flag, stale: listOf(text) }));

export const serverPaths: DocumentPart = {
  "/v2": {
    get: {
      summary: "The server, by the Open Inference Protocol v2.",
      ...answered(jsonOf(objectOf({ name: text, version: text, extensions: listOf(text) })), "Its name and version."),
    },
  },
  "/v2/health/live": {
    get: { summary: "Whether the server runs.", ...answered(jsonOf(objectOf({ live: flag })), "It does.") },
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
        ...answered(jsonOf(objectOf({ name: text, ready: flag })), "It has.", refused("InferenceError", 503)),
      },
    },
    [`${path}/infer`]: { post: inferOperation(name, version) },
  };
}

function requestSchema(outputs: readonly { readonly name: string }[]): DocumentPart {
  const sent = objectOf({
    name: text,
    datatype: { enum: sentDatatypes },
    shape: listOf(count, { minItems: 1, maxItems: 2 }),
    data: listOf({ anyOf: [anything, listOf(anything)] }),
  });
  const wanted = objectOf({ name: { enum: outputs.map(({ name }) => name) } });
  return objectOf({ inputs: listOf(sent) }, { id: text, outputs: listOf(wanted), parameters: { type: "object" } });
}

function inferOperation(name: string, version: LoadedVersion): DocumentPart {
  const values = exampleRecord(version.inputs);
  const { inputs, outputs } = modelMetadata({ name, version, stale: null });
  const tensors = inputs.map((input) => ({ ...input, shape: [1], data: [values[input.name]] }));
  return {
    summary: `Predicts ${version.target.name} from one tensor for each column, all of as many rows.`,
    description: "Tensors as bytes are read and answered, too, by the binary tensor data extension.",
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
