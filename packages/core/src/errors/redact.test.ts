import { describe, expect, it } from "vitest";
import { redact } from "./redact.ts";

describe("redact", () => {
  it.each<[why: string, text: string, expected: string]>([
    ["a token in a URL", "https://x-access-token:s3cret@example.com/a", "https://***@example.com/a"],
    ["a short-lived token with dots", `no ghs_12345_${"a.b-c".repeat(20)}!`, "no ***!"],
    ["a fine-grained token", `github_pat_${"A1".repeat(20)}`, "***"],
    ["a header", "AUTHORIZATION: basic eC1hY2Nlc3M6", "AUTHORIZATION: basic ***"],
    ["nothing to hide", "fatal: git@example.com:a/b.git not found", "fatal: git@example.com:a/b.git not found"],
  ])("%s", (_why, text, expected) => {
    expect(redact(text)).toBe(expected);
  });
});
