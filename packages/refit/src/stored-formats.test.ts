import { RefitError } from "@refit/core/errors";
import { drawing, mutated, mutatedLines } from "@refit/testkit/mutate";
import { describe, expect, it } from "vitest";
import { storedFormats, type StoredFormat } from "./stored-formats.fixture.ts";

/** `npm run corpus fuzz` sets these. */
const { CORPUS_CASES: asked, CORPUS_SEED: seed = "1" } = process.env;

const formats = await storedFormats();
const shares = formats.reduce((sum, { costly }) => sum + (costly ? 0.1 : 1), 0);
const casesOf = (costly: true | undefined) =>
  asked === undefined ? (costly ? 2 : 8) : Math.ceil((Number(asked) / shares) * (costly ? 0.1 : 1));
const encoder = new TextEncoder();

describe.each(formats)("$name", ({ name, texts, lines, costly, use }) => {
  it("is read as it was written", async () => {
    for (const text of texts) await expect(Promise.resolve(use(encoder.encode(text)))).resolves.not.toThrow();
  });

  it("is read, or refused with a code, whatever became of it", { timeout: 7_200_000 }, async () => {
    const found = new Map<string, string>();
    for (let i = 0; i < casesOf(costly); i++) {
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

/** Costs are measured by themselves only, where nothing else runs: `npm run corpus fuzz`. */
const measured = asked === undefined ? [] : formats.filter(({ costly }) => !costly);

it.each(measured)("ten times as much of $name costs about ten times", async (format) => {
  const cost = async (times: number) => {
    const bytes = encoder.encode(grown(format, times));
    const before = process.cpuUsage();
    try {
      await format.use(bytes);
    } catch (error) {
      if (!(error instanceof RefitError)) throw error;
    }
    return process.cpuUsage(before).user;
  };
  await cost(10);

  const [small, large] = [await cost(30), await cost(300)];

  process.stdout.write(`${format.name}: ${small} and ${large} µs\n`);
  expect(large).toBeLessThan(Math.max(40 * small, 500_000));
});

/** More of the same: lines, entries of lists and of maps, or any text. */
function grown({ texts, lines }: StoredFormat, times: number): string {
  const text = texts.at(-1)!;
  if (lines) return text.repeat(times);
  try {
    return JSON.stringify(longer(JSON.parse(text), times));
  } catch {
    return text.repeat(times);
  }
}

/** Every list with more of the same, and more keys in every map of them. */
function longer(value: unknown, times: number): unknown {
  if (Array.isArray(value))
    return Array.from({ length: value.length * times }, (_, i) => value[i % value.length] as unknown);
  if (typeof value !== "object" || value === null) return value;
  const more = Array.from({ length: times }, (_, i) => [`more${i}`, i] as const);
  return Object.fromEntries([
    ...Object.entries(value).map(([key, inner]) => [key, longer(inner, times)] as const),
    ...more,
  ]);
}
