import { expect, it } from "vitest";
import * as z from "zod";
import { parseBySchema } from "./parse-by-schema.ts";

it("says the same of every value, however many there were, and generates code for many only", () => {
  const schema = z.object({ name: z.string(), size: z.int().min(1).default(1) });
  const values = [{ name: "a" }, { name: "a", size: 0 }, { size: "b" }, null];
  const truth = values.map((value) => schema.safeParse(value, { jitless: true }));
  const { run } = schema._zod;
  const generates: boolean[] = [];
  schema._zod.run = (payload, context) => {
    generates.push(context.jitless !== true);
    return run(payload, context);
  };

  for (let i = 0; i < 30; i++) {
    const told = values.map((value) => parseBySchema(schema, value));
    expect(told.map(({ success, error }) => [success, error?.issues])).toEqual(
      truth.map(({ success, error }) => [success, error?.issues]),
    );
    expect(told[0]!.data).toEqual({ name: "a", size: 1 });
  }

  expect(generates.slice(0, 50)).toEqual(Array(50).fill(false));
  expect(generates.slice(50)).toEqual(Array(70).fill(true));
});
