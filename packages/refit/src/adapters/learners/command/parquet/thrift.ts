/** A value of the compact protocol of Thrift, in which a Parquet file describes itself. */
export type ThriftValue =
  | { readonly int: number }
  /** The same bytes as `int`, of a field that may hold 64 bits. */
  | { readonly long: number }
  | { readonly text: string }
  | { readonly flag: boolean }
  | { readonly list: readonly ThriftValue[] }
  | { readonly fields: ThriftFields };

/** Values by the number of their field, ascending. */
export type ThriftFields = readonly (readonly [field: number, value: ThriftValue])[];

const types = { flagOn: 1, flagOff: 2, int: 5, long: 6, text: 8, list: 9, fields: 12 } as const;

export function thriftBytes(fields: ThriftFields): Buffer {
  const bytes: number[] = [];
  addFields(bytes, fields);
  return Buffer.from(bytes);
}

function addFields(bytes: number[], fields: ThriftFields): void {
  let last = 0;
  // Fields lie close to each other: the distance fits into the upper half of a byte.
  for (const [field, value] of fields) {
    bytes.push(((field - last) << 4) | typeOf(value));
    addValue(bytes, value);
    last = field;
  }
  bytes.push(0);
}

function typeOf(value: ThriftValue): number {
  if ("int" in value) return types.int;
  if ("long" in value) return types.long;
  if ("text" in value) return types.text;
  if ("flag" in value) return value.flag ? types.flagOn : types.flagOff;
  return "list" in value ? types.list : types.fields;
}

function addValue(bytes: number[], value: ThriftValue): void {
  if ("int" in value) addSigned(bytes, value.int);
  else if ("long" in value) addSigned(bytes, value.long);
  else if ("text" in value) {
    const text = Buffer.from(value.text);
    addVarint(bytes, text.length);
    for (const byte of text) bytes.push(byte);
  } else if ("list" in value) {
    const { list } = value;
    const type = list.length === 0 ? types.fields : typeOf(list[0]!);
    if (list.length < 15) bytes.push((list.length << 4) | type);
    else {
      bytes.push(0xf0 | type);
      addVarint(bytes, list.length);
    }
    for (const each of list) addValue(bytes, each);
  } else if ("fields" in value) addFields(bytes, value.fields);
}

/** Zigzag; numbers here are counts and places, which are not negative. */
const addSigned = (bytes: number[], value: number): void => addVarint(bytes, 2 * value);

/** Seven bits to a byte, the lowest first. Divides, since places in a file have more than 32 bits. */
export function addVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}
