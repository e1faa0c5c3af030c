import { describe, expect, it } from "vitest";

import { exactJson, parseExactly } from "./exact-json.ts";

describe("parseExactly and exactJson", () => {
  it.each([
    '{"a":18446744073709551615}',
    '[-9223372036854775808,1,0.0000012345678901234567,1e+300,"18446744073709551615","a\\"18446744073709551615"]',
    "[12345678901234567890]",
  ])("gives %s back", (text) => {
    expect(exactJson(parseExactly(text))).toBe(text);
  });
});
