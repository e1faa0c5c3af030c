import { ShallowCloneError } from "@refit/core/errors";
import { afterEach, expect, it, vi } from "vitest";
import { printError } from "./print-error.ts";

afterEach(() => vi.restoreAllMocks());

function printed(error: unknown, json: boolean): string {
  let text = "";
  const write = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
  printError(error, json);
  return text;
}

it("names the address of the page about a foreseen failure", () => {
  expect(printed(new ShallowCloneError("models/a"), false)).toMatch(
    /https:\/\/\S+\/docs\/errors\/shallow-clone\.md\n$/,
  );
});

it.each([false, true])("shows no token of an error that nobody foresaw; JSON: %s", (json) => {
  const text = printed(new Error(`GET https://x:s3cret@example.com with ghs_${"a1".repeat(20)}`), json);

  expect(text).toContain("https://***@example.com with ***");
  expect(text).not.toMatch(/s3cret|ghs_/);
});
