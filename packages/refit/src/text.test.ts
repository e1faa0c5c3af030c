import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { harmless } from "./text.ts";

const pieces = [...'a:#[]\n\t\r \u001B\u009B\u202E\u2028\0"\\', "::error::", "##[group]", "::add-mask::x", "##vso["];
const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(""));

/** As GitHub's runner reads a line of a log: commands of today at its beginning, those of old anywhere. */
const isCommand = (line: string) => /^\s*::/.test(line) || line.includes("##[");

describe("text on its way to a terminal or a log", () => {
  it("steers neither the terminal nor the runner", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = harmless(text);
        expect(shown.replaceAll(/[\t\n]/g, "")).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
        expect(shown.split("\n").filter(isCommand)).toEqual([]);
      }),
    );
  });

  it("is the same JSON", () => {
    fc.assert(
      fc.property(hostile, hostile, (key, value) => {
        const json = { [key]: [value] };
        for (const indent of [0, 2]) expect(JSON.parse(harmless(JSON.stringify(json, null, indent)))).toEqual(json);
      }),
    );
  });

  it("is left alone where it is harmless", () => {
    const text = 'churn: proposed ## "a::b" #1 é東👩\n  - C::D';

    expect(harmless(text)).toBe(text);
  });
});
