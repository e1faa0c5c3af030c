import { expect, it } from "vitest";
import { momentary } from "./moment.ts";

it("an answer serves for a moment, and is asked for again after it", async () => {
  const asked: string[] = [];
  const once = momentary<number>();
  const ask = (key: string) => once(key, () => asked.push(key));
  let most = 0;
  for (let i = 0; i < 1000; i++) most = Math.max(most, ask("a"));
  expect(most).toBeLessThan(1000);

  await new Promise((done) => setTimeout(done, 5));
  expect(ask("a")).toBe(most + 1);
  expect(ask("b")).toBe(asked.length);
});
