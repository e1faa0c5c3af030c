import type { Column } from "@refit/core/runtime";
import fc from "fast-check";

/** A column, and each of its values as a reader has to find it: times in days or microseconds, `null` where none is. */
export interface AnyColumn {
  readonly column: Column;
  readonly expected: readonly (number | bigint | boolean | string | null)[];
}

const day = 86_400_000;
/** Milliseconds that a `Date` has. */
const most = 8_640_000_000_000_000;
const largestLong = 2n ** 63n - 1n;
const withinLong = (value: number): bigint => (BigInt(value) > largestLong ? largestLong : BigInt(value));

type NumberType = Extract<Column, { kind: "number" }>["type"];
interface Kind {
  readonly value: fc.Arbitrary<number>;
  readonly expected: (value: number) => number | bigint | boolean;
}

const kinds: Readonly<Record<NumberType, Kind>> = {
  number: { value: fc.double({ noNaN: true }), expected: (value) => value },
  integer: {
    value: fc.oneof(
      fc.maxSafeInteger(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }).map(Number),
      fc.constantFrom(-0, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, -(2 ** 32), 2 ** 53, 2 ** 63, -(2 ** 63)),
    ),
    expected: withinLong,
  },
  boolean: { value: fc.constantFrom(0, 1), expected: (value) => value === 1 },
  date: {
    value: fc.integer({ min: -most / day, max: most / day }).map((days) => days * day),
    expected: (value) => value / day,
  },
  datetime: { value: fc.integer({ min: -most, max: most }), expected: (value) => BigInt(value) * 1000n },
};

const missing = -1;

/** Columns of every type, all of so many rows; some miss nothing, some everything, and texts repeat or do not. */
export function anyColumns(rows: number): fc.Arbitrary<AnyColumn[]> {
  const ofRows = { minLength: rows, maxLength: rows };
  const numbers = (Object.keys(kinds) as NumberType[]).map((type) => {
    const { value, expected } = kinds[type];
    const ofOne = fc.oneof(
      fc.array(value, ofRows),
      fc.array(fc.option(value, { nil: NaN }), ofRows),
      fc.constant(Array.from({ length: rows }, () => NaN)),
    );
    return ofOne.map((values): AnyColumn => ({
      column: { kind: "number", name: type, type, values: Float64Array.from(values) },
      expected: values.map((each) => (Number.isNaN(each) ? null : expected(each))),
    }));
  });
  const someTexts = fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 2 * rows + 1 });
  const texts = fc
    .tuple(someTexts, fc.nat(), fc.array(fc.option(fc.nat()), ofRows))
    .map(([dictionary, few, chosen]) => {
      const used = 1 + (few % dictionary.length);
      const codes = chosen.map((code) => (code === null ? missing : code % used));
      const column: Column = {
        kind: "text",
        name: 'a "text", ü',
        type: "string",
        dictionary,
        codes: Int32Array.from(codes),
      };
      return { column, expected: codes.map((code) => (code === missing ? null : dictionary[code]!)) };
    });
  return fc.tuple(...numbers, texts);
}
