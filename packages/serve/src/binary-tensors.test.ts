import { describe, expect, it } from "vitest";
import { binaryTensor, binaryValues, sentDatatypes } from "./binary-tensors.ts";

const bytesOf = (values: ArrayBufferView) => new Uint8Array(values.buffer);
const text = (...texts: string[]) => binaryTensor("BYTES", texts);

describe("tensors as bytes", () => {
  it.each<[datatype: string, bytes: Uint8Array, values: unknown[]]>([
    ["FP64", bytesOf(Float64Array.of(0.1, NaN, -Infinity, 5e-324)), [0.1, NaN, -Infinity, 5e-324]],
    ["FP32", bytesOf(Float32Array.of(0.5, NaN, -3e38)), [0.5, NaN, Math.fround(-3e38)]],
    ["INT64", bytesOf(BigInt64Array.of(-1n, 2n ** 53n)), [-1, 9_007_199_254_740_992]],
    ["INT32", bytesOf(Int32Array.of(-1, 2_147_483_647)), [-1, 2_147_483_647]],
    ["INT16", bytesOf(Int16Array.of(-1, 32_767)), [-1, 32_767]],
    ["INT8", bytesOf(Int8Array.of(-1, 127)), [-1, 127]],
    ["UINT64", bytesOf(BigUint64Array.of(2n ** 53n)), [9_007_199_254_740_992]],
    ["UINT32", bytesOf(Uint32Array.of(4_294_967_295)), [4_294_967_295]],
    ["UINT16", bytesOf(Uint16Array.of(65_535)), [65_535]],
    ["UINT8", bytesOf(Uint8Array.of(255)), [255]],
    ["BOOL", Uint8Array.of(0, 1, 2), [false, true, true]],
    ["BYTES", text("", "a,b", "größe 🦊", "\u0000", "\ufeffa"), ["", "a,b", "größe 🦊", "\u0000", "\ufeffa"]],
    ["BYTES", text("plain", "", "x".repeat(100)), ["plain", "", "x".repeat(100)]],
    ["BYTES", text("long", "x".repeat(200)), ["long", "x".repeat(200)]],
    ["BYTES", new Uint8Array(), []],
  ])("reads %s", (datatype, bytes, values) => {
    // Tensors begin anywhere in a body.
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);

    expect(Array.from(binaryValues(datatype, moved.subarray(3), "It"))).toEqual(values);
    expect(sentDatatypes).toContain(datatype);
  });

  it.each<[what: string, datatype: string, bytes: Uint8Array, says: string]>([
    ["half a number", "FP64", new Uint8Array(12), "12 bytes, and a value of FP64 has 8"],
    ["half a length", "BYTES", Uint8Array.of(1, 0), "ends within text 0"],
    ["a text that is cut off", "BYTES", text("ab", "abc").slice(0, -1), "ends within text 1"],
    ["other bytes than UTF-8", "BYTES", Uint8Array.of(1, 0, 0, 0, 0xff), "text 0 is not UTF-8"],
  ])("refuses %s", (_what, datatype, bytes, says) => {
    expect(() => binaryValues(datatype, bytes, "It")).toThrow(says);
  });

  it.each<[datatype: string, data: unknown[]]>([
    ["FP64", [0.1, -0]],
    ["INT64", [-3, 7]],
    ["BOOL", [true, false]],
    ["BYTES", ["a", "😀", "a"]],
  ])("writes %s as it reads it", (datatype, data) => {
    expect(Array.from(binaryValues(datatype, binaryTensor(datatype, data), "It"))).toEqual(data);
  });
});
