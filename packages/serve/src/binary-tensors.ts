import { bodyInvalid } from "./refused-request.ts";

/**
 * Tensors as bytes, by the binary tensor data extension of the Open Inference Protocol, which Triton's clients use where nothing else is said:
 * values in the order of rows, the lowest byte first; a text has its length before it, as four bytes.
 */
interface Format {
  /** Of one value. */
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

const formats: Readonly<Record<string, Format>> = {
  FP64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  FP32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  INT64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  INT32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  INT16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  INT8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  UINT64: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  UINT32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  UINT16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  UINT8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  BOOL: { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/** Types of tensors that are read. */
export const sentDatatypes: readonly string[] = [...Object.keys(formats), "BYTES"];

const lengthBytes = 4;
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Values of a tensor from its bytes. @param datatype one of `sentDatatypes` @param about names it in an error @throws RefusedRequest */
export function binaryValues(datatype: string, bytes: Uint8Array, about: string): ArrayLike<number | boolean | string> {
  if (datatype === "BYTES") return textValues(bytes, about);
  const { bytes: size, read } = formats[datatype]!;
  if (bytes.length % size > 0) {
    throw bodyInvalid(`${about} has ${bytes.length} bytes, and a value of ${datatype} has ${size}.`);
  }
  const view = viewOf(bytes);
  const count = bytes.length / size;
  if (datatype === "BOOL") return Array.from({ length: count }, (_, i) => read(view, i) !== 0);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = read(view, i * size);
  return values;
}

function textValues(bytes: Uint8Array, about: string): string[] {
  const view = viewOf(bytes);
  const textOf = textReader(bytes);
  const texts: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = at + lengthBytes > bytes.length ? Infinity : view.getUint32(at, true);
    const end = at + lengthBytes + length;
    if (end > bytes.length) throw bodyInvalid(`${about} ends within text ${texts.length}.`);
    const text = textOf(at + lengthBytes, end);
    if (text === null) throw bodyInvalid(`${about}: text ${texts.length} is not UTF-8.`);
    texts.push(text);
    at = end;
  }
  return texts;
}

/** Reads a piece of UTF-8; `null`: it is not. Pieces of ASCII alone are cut out of one text, since to decode each costs ten times as much. */
function textReader(bytes: Uint8Array): (start: number, end: number) => string | null {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decoded = (part: Uint8Array) => {
    try {
      return decoder.decode(part);
    } catch {
      return null;
    }
  };
  const all = decoded(bytes);
  if (all?.length === bytes.length) return (start, end) => all.slice(start, end);
  return (start, end) => decoded(bytes.subarray(start, end));
}

/** Bytes of a tensor that the server answers with. */
export function binaryTensor(datatype: string, data: readonly unknown[]): Uint8Array<ArrayBuffer> {
  if (datatype === "BYTES") return textBytes(data);
  if (datatype === "BOOL") return Uint8Array.from(data, Number);
  const bytes = new Uint8Array(data.length * 8);
  const view = viewOf(bytes);
  for (const [i, value] of data.entries()) {
    if (datatype === "INT64") view.setBigInt64(i * 8, BigInt(value as number), true);
    else view.setFloat64(i * 8, value as number, true);
  }
  return bytes;
}

function textBytes(data: readonly unknown[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  // Few different ones: they are names of classes.
  const known = new Map([...new Set(data)].map((value) => [value, encoder.encode(String(value))]));
  const texts = data.map((value) => known.get(value)!);
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + lengthBytes + text.length, 0));
  const view = viewOf(bytes);
  let at = 0;
  for (const text of texts) {
    view.setUint32(at, text.length, true);
    bytes.set(text, at + lengthBytes);
    at += lengthBytes + text.length;
  }
  return bytes;
}
