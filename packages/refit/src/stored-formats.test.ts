import { RefitError } from "@refit/core/errors";
import { drawing, mutated, mutatedLines } from "@refit/testkit/mutate";
import { describe, expect, it } from "vitest";
import { storedFormats } from "./stored-formats.fixture.ts";

/** `npm run corpus fuzz` sets these. */
const { CORPUS_CASES: asked, CORPUS_SEED: seed = "1" } = process.env;

const formats = await storedFormats();
const each = asked === undefined ? 8 : Math.ceil(Number(asked) / formats.length);
const encoder = new TextEncoder();

describe.each(formats)("$name", ({ name, texts, lines, use }) => {
  it("is read as it was written", async () => {
    for (const text of texts) await expect(Promise.resolve(use(encoder.encode(text)))).resolves.not.toThrow();
  });

  it("is read, or refused with a code, whatever became of it", { timeout: 7_200_000 }, async () => {
    const found = new Map<string, string>();
    for (let i = 0; i < each; i++) {
      const draw = drawing(Number(seed) * 1_000_003 + i * 31 + name.length);
      const bytes = (lines ? mutatedLines : mutated)(texts[i % texts.length]!, draw);
      try {
        await use(bytes);
      } catch (error) {
        if (error instanceof RefitError) continue;
        const [said = "", ...stack] = (error as Error).stack?.split("\n") ?? [];
        const where = stack.find((line) => line.includes("/packages/")) ?? "";
        // One example of each is enough.
        if (!found.has(where)) found.set(where, `${said.slice(0, 200)} (case ${i}): ${excerpt(bytes)}`);
      }
    }
    expect([...found.values()]).toEqual([]);
  });
});

const excerpt = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, 1000));

describe.runIf(asked !== undefined)("ten times as much", () => {
  it.each(formats.filter(({ texts }) => texts[0]!.startsWith("{")))(
    "of $name costs about ten times",
    async ({ texts, use }) => {
      const grown = (times: number) => encoder.encode(JSON.stringify(longer(JSON.parse(texts[0]!), times)));
      const cost = async (times: number) => {
        const bytes = grown(times);
        const before = process.cpuUsage();
        try {
          await use(bytes);
        } catch (error) {
          if (!(error instanceof RefitError)) throw error;
        }
        const { user } = process.cpuUsage(before);
        return { micros: user, bytes: bytes.byteLength };
      };
      await cost(10);

      const [small, large] = [await cost(30), await cost(300)];

      expect(large.micros).toBeLessThan(Math.max(40 * small.micros, 500_000));
    },
  );
});

/** Every list of objects, and every map of them, with more of the same. */
function longer(value: unknown, times: number): unknown {
  if (Array.isArray(value))
    return Array.from({ length: value.length * times }, (_, i) => value[i % value.length] as unknown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, longer(inner, times)]));
}
