import type { InputColumns, LoadedVersion } from "@refit/runtime";
import { binaryValues, sentDatatypes } from "./binary-tensors.ts";
import { bodyInvalid } from "./refused-request.ts";
import { isObject, jsonObject, type JsonFields } from "./request-rows.ts";

type ReadInputs = LoadedVersion["inputs"];

/** What a client sends to infer: JSON, and the bytes of those tensors that have no `data` in it. */
export interface InferenceRequest {
  readonly fields: JsonFields;
  readonly bytes: Uint8Array;
}

/** @param headerLength of the JSON, in bytes, where others follow it: the header `inference-header-content-length` @throws RefusedRequest */
export function inferenceRequest(body: Uint8Array, headerLength: string | undefined): InferenceRequest {
  const length = headerLength === undefined ? body.length : Number(headerLength);
  if (!Number.isSafeInteger(length) || length < 0 || length > body.length) {
    throw bodyInvalid(`Inference-Header-Content-Length is not a number of bytes from 0 to ${body.length}.`);
  }
  const text = new TextDecoder().decode(body.subarray(0, length));
  return { fields: jsonObject(text), bytes: body.subarray(length) };
}

/**
 * Columns out of the tensors of a request. A missing value is `null` in JSON; in bytes it is NaN, and a text that the request names by its
 * parameter `missing`.
 *
 * @throws RefusedRequest
 */
export function tensorColumns({ fields, bytes }: InferenceRequest, inputs: ReadInputs): InputColumns {
  const { inputs: tensors, id } = fields;
  if (!Array.isArray(tensors)) throw bodyInvalid('"inputs" is not a list of tensors.');
  if (id !== undefined && typeof id !== "string") throw bodyInvalid('"id" is not a text.');
  const { missing } = parametersOf(fields, "The request");
  const types = new Map(inputs.map(({ name, type }) => [name, type]));
  let at = 0;
  const columns = (tensors as readonly unknown[]).map((tensor, place): [string, ArrayLike<unknown>] => {
    const sent = isObject(tensor) ? tensor : {};
    const { name, shape, data, datatype } = sent;
    if (typeof name !== "string") throw bodyInvalid(`Tensor ${place} has no "name".`);
    const about = `Tensor ${JSON.stringify(name)}`;
    if (typeof datatype !== "string" || !sentDatatypes.includes(datatype)) {
      throw bodyInvalid(`${about}: "datatype" is not one of ${sentDatatypes.join(", ")}.`);
    }
    const { binary_data_size: size } = parametersOf(sent, about);
    const typed = (values: ArrayLike<unknown>): [string, ArrayLike<unknown>] => {
      checkShape(shape, values.length, about);
      const rows = datatype === "BYTES" ? withoutMissing(values, missing) : values;
      return [name, types.get(name) === "boolean" ? Array.from(rows, asBoolean) : rows];
    };
    if (size === undefined) return typed(jsonValues(data, about));
    const end = at + (typeof size === "number" ? size : Number.NaN);
    if (!Number.isSafeInteger(end) || end < at || end > bytes.length) {
      throw bodyInvalid(`${about}: "binary_data_size" is not a number of bytes that follow the JSON.`);
    }
    const values = binaryValues(datatype, bytes.subarray(at, end), about);
    at = end;
    return typed(values);
  });
  if (at < bytes.length) throw bodyInvalid(`${bytes.length - at} bytes follow the JSON that no tensor has.`);
  checkColumns(columns);
  return Object.fromEntries(columns);
}

/** `{}`: there are none. @throws RefusedRequest */
export function parametersOf({ parameters = {} }: JsonFields, about: string): JsonFields {
  if (!isObject(parameters)) throw bodyInvalid(`${about}: "parameters" is not an object.`);
  return parameters;
}

function jsonValues(data: unknown, about: string): readonly unknown[] {
  if (!Array.isArray(data)) throw bodyInvalid(`${about} has neither "data" nor "binary_data_size".`);
  return Array.isArray(data[0]) ? (data.flat(1) as readonly unknown[]) : (data as readonly unknown[]);
}

/** @throws RefusedRequest where it does not say one value per row */
function checkShape(shape: unknown, count: number, about: string): void {
  const isShape = Array.isArray(shape) && (shape.length === 1 || (shape.length === 2 && shape[1] === 1));
  if (isShape && shape[0] === count) return;
  throw bodyInvalid(`${about} has ${count} values: its shape is not [${count}] or with a 1 after it.`);
}

const withoutMissing = (values: ArrayLike<unknown>, missing: unknown) =>
  typeof missing === "string" ? Array.from(values, (value) => (value === missing ? null : value)) : values;

/** Tensors of BOOL have no missing value, and so 0, 1 and NaN of numbers are read, too. */
function asBoolean(value: unknown): unknown {
  if (value === 0 || value === 1) return value === 1;
  return Number.isNaN(value) ? null : value;
}

function checkColumns(columns: readonly (readonly [string, ArrayLike<unknown>])[]): void {
  const twice = columns.find(([name], i) => columns.findIndex(([other]) => other === name) !== i);
  if (twice !== undefined) throw bodyInvalid(`Two tensors are called ${JSON.stringify(twice[0])}.`);
  const uneven = columns.find(([, values]) => values.length !== columns[0]![1].length);
  if (uneven !== undefined) throw bodyInvalid(`Tensor ${JSON.stringify(uneven[0])} has another number of rows.`);
}
