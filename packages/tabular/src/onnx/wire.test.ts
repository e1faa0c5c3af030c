import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Message } from "./wire.ts";

/** Fields of an encoded message as protobuf readers see them: a varint, or bytes with a length. */
function fieldsOf(bytes: Uint8Array): [field: number, value: bigint | number[]][] {
  const fields: [number, bigint | number[]][] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (count: number) => [...bytes.subarray(at, (at += count))];
  while (at < bytes.length) {
    const key = Number(varint());
    const kind = key % 8;
    fields.push([(key - kind) / 8, kind === 0 ? varint() : take(Number(varint()))]);
  }
  return fields;
}

const hex = (message: Message) => Buffer.from(message.encoded()).toString("hex");

describe("a message of Protocol Buffers", () => {
  it("is encoded as its documentation says", () => {
    expect(hex(new Message().int(1, 150))).toBe("089601");
    expect(hex(new Message().text(2, "testing"))).toBe("120774657374696e67");
    expect(hex(new Message().message(3, new Message().int(1, 150)))).toBe("1a03089601");
    expect(hex(new Message().ints(6, [3, 270, 86_942]))).toBe("3206038e029ea705");
    expect(hex(new Message().int(1, -2))).toBe("08feffffffffffffffff01");
  });

  it("is read back, whatever it holds", () => {
    const whole = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
    const field = fc.integer({ min: 1, max: 2000 });
    const small = fc.integer({ min: -1000, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(small), (values) => {
        const [[, bytes]] = fieldsOf(new Message().ints(1, values).encoded()) as [[number, number[]]];
        const each = values.flatMap((value) => [...new Message().int(1, value).encoded().subarray(1)]);

        expect(bytes).toEqual(each);
      }),
    );
    fc.assert(
      fc.property(field, whole, fc.string({ unit: "binary" }), fc.uint8Array(), (number, int, text, bytes) => {
        const message = new Message()
          .int(number, int)
          .text(number + 1, text)
          .bytes(number + 2, bytes);

        expect(fieldsOf(message.encoded())).toEqual([
          [number, BigInt.asUintN(64, int)],
          [number + 1, [...Buffer.from(text)]],
          [number + 2, [...bytes]],
        ]);
      }),
    );
  });
});
