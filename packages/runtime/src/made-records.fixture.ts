/** A row as a caller sends it; `null` is missing. */
export type MadeRecord = Readonly<Record<string, string | number | boolean | null>>;

/** Inputs of the versions that tests make. */
export const madeInputs = [
  { name: "size", type: "string" },
  { name: 'über "größe"', type: "string" },
  { name: "speed", type: "number" },
  { name: "__proto__", type: "number" },
  { name: "engines", type: "integer" },
  { name: "night", type: "boolean" },
  { name: "day", type: "date" },
  { name: "seen", type: "datetime" },
] as const;

const texts = [
  "Small",
  "Medium",
  "Large",
  "",
  "никогда",
  "😀",
  "\ud800",
  "__proto__",
  "constructor",
  "small",
  "0",
  "null",
  "\u0000",
  "e\u0301",
  "é",
];
const numbers = [
  0,
  -0,
  1,
  -1,
  0.1,
  7,
  120.5,
  1e300,
  -1e300,
  5e-324,
  3.4028234663852886e38,
  3.5e38,
  9_007_199_254_740_993,
  NaN,
  Infinity,
  -Infinity,
];
const days = ["2024-02-29", "1969-12-31", "2026-11-28", "0099-01-01", "2000-1-5"];
const times = [
  "2024-02-29T23:59:59.999Z",
  "1969-12-31T23:59:59.9999Z",
  "2026-11-28 06:00",
  "2026-11-28T06:00:00+05:30",
  "1970-01-01T00:00:00-00:30",
  "9999-12-31T23:59:59Z",
];

/** As many rows as are wanted, the same for a seed wherever this runs: plain values, and now and then one that is none. */
export function madeRecords(count: number, seed: number): MadeRecord[] {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return Math.floor(((state >>> 8) * below) / 16_777_216);
  };
  const oneOf = <Value>(values: readonly Value[]): Value => values[next(values.length)]!;
  const bits = new DataView(new ArrayBuffer(8));
  /** Of any size, with every digit that a 64-bit float has. */
  const anyNumber = () => {
    for (const place of [0, 2, 4, 6]) bits.setUint16(place, next(65_536));
    return bits.getFloat64(0);
  };
  const number = () => [() => oneOf(numbers), anyNumber, () => (next(20_000) - 10_000) / 37][next(3)]!();
  const makers = {
    string: () => (next(3) === 0 ? oneOf(texts) : oneOf(texts.slice(0, 3))),
    number,
    integer: () => (next(6) === 0 ? number() : next(6)),
    boolean: () => next(2) === 0,
    date: () => oneOf(days),
    datetime: () => (next(4) === 0 ? oneOf(days) : oneOf(times)),
  };
  return Array.from({ length: count }, () =>
    // Not an assignment, which would set the prototype.
    Object.fromEntries(madeInputs.map(({ name, type }) => [name, next(10) === 0 ? null : makers[type]()])),
  );
}
