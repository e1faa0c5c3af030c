const encoder = new TextEncoder();

/** What follows the number of a field, by the encoding of Protocol Buffers. */
const VARINT = 0;
const LENGTH = 2;

/**
 * One message of Protocol Buffers, written field by field (https://protobuf.dev/programming-guides/encoding). A field that comes
 * again is one more entry of a list. Each method gives the message back.
 */
export class Message {
  readonly #pieces: Uint8Array[] = [];
  #size = 0;

  /** @param value a whole number, -2^63 … 2^63 - 1. */
  int(field: number, value: number | bigint): this {
    return this.#key(field, VARINT).#add(varint(value));
  }

  text(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#key(field, LENGTH).#add(varint(value.byteLength)).#add(value);
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.encoded());
  }

  /** Whole numbers, one after the other under one key. */
  ints(field: number, values: readonly number[]): this {
    const packed: number[] = [];
    for (const value of values) appendVarint(packed, value);
    return this.bytes(field, Uint8Array.from(packed));
  }

  encoded(): Uint8Array {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.byteLength;
    }
    return bytes;
  }

  #key(field: number, kind: number): this {
    return this.#add(varint(field * 8 + kind));
  }

  #add(piece: Uint8Array): this {
    this.#pieces.push(piece);
    this.#size += piece.byteLength;
    return this;
  }
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  appendVarint(bytes, value);
  return Uint8Array.from(bytes);
}

/** Seven bits a byte, the lowest first; all but the last byte have the highest bit. Negative numbers as 64 bits. */
function appendVarint(bytes: number[], value: number | bigint): void {
  if (typeof value === "bigint" || value < 0 || value > 0x7fff_ffff) return appendLong(bytes, BigInt(value));
  let rest = value;
  for (; rest > 0x7f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
}

function appendLong(bytes: number[], value: bigint): void {
  let rest = BigInt.asUintN(64, value);
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
}
