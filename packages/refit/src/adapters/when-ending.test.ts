import { expect, it } from "vitest";
import { whenEnding } from "./when-ending.ts";

it("listens only while there is something to do", () => {
  const listeners = () => process.listenerCount("SIGTERM");
  const before = listeners();

  const [first, second] = [whenEnding(() => {}), whenEnding(() => {})];
  expect(listeners()).toBe(before + 1);
  first();
  first();
  expect(listeners()).toBe(before + 1);
  second();
  expect(listeners()).toBe(before);
});
