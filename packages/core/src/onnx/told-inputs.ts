import { exactly, list, text, wordOf } from "../json-checks.ts";

/** How a graph that `refit export` has written takes a column, as it says itself. */
export interface ToldInput {
  readonly name: string;
  /** `int64`: milliseconds since 1970-01-01, UTC. */
  readonly takes: "string" | "double" | "int64";
  /** What stands for a missing value. */
  readonly missing: string;
}

/** Of `ModelProto` and of the entries of its `metadata_props`, in ONNX's onnx.proto. */
const [METADATA, KEY, VALUE] = [14, 1, 2];
/** Kind of a field whose length stands before it; the only other one at the top of a model is a whole number. */
const LENGTH_DELIMITED = 2;

/**
 * What a model in ONNX says of its inputs: the runtimes do not tell what stands beside the graph.
 *
 * @returns none: somebody else has made it, or it is no model.
 */
export function toldInputs(model: Uint8Array): readonly ToldInput[] {
  for (const entry of fieldsOf(model, METADATA)) {
    const [[key], [value]] = [fieldsOf(entry, KEY), fieldsOf(entry, VALUE)];
    if (key !== undefined && value !== undefined && decode(key) === "inputs") return readTold(decode(value));
  }
  return [];
}

const check = list(exactly({ missing: text, name: text, takes: wordOf("string", "double", "int64"), type: text }));

function readTold(json: string): readonly ToldInput[] {
  try {
    const value: unknown = JSON.parse(json);
    return check(value, 0) === undefined ? (value as ToldInput[]) : [];
  } catch {
    return [];
  }
}

/** The bytes of each field with this number; none where the rest cannot be read. */
function fieldsOf(message: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  while (at < message.length) {
    const tag = wholeNumber();
    const length = wholeNumber();
    if (tag % 8 !== LENGTH_DELIMITED) {
      if (tag % 8 !== 0) return [];
      continue;
    }
    if (Math.floor(tag / 8) === wanted) found.push(message.subarray(at, at + length));
    at += length;
  }
  return found;

  function wholeNumber(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = message[at++] ?? 0;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The part of the interface that is used here; its types come with the DOM's, which are not loaded. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
