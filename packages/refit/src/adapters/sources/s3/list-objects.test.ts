import { describe, expect, it } from "vitest";
import { readObjectPage } from "./list-objects.ts";

const page = (inside: string) => `<?xml version="1.0"?><ListBucketResult xmlns="x">${inside}</ListBucketResult>\n`;
const entry = (key: string, size = "4", etag = "&quot;0f&quot;") =>
  `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>${etag}</ETag><Size>${size}</Size></Contents>`;

describe("readObjectPage", () => {
  it.each<[what: string, text: string, key: string]>([
    ["plain", entry("a b.csv"), "a b.csv"],
    ["with entities", entry("a&amp;&lt;&#x1F600;&#65;.csv"), "a&<\u{1F600}A.csv"],
    ["encoded as in a URL", `<EncodingType>url</EncodingType>${entry("a+b%2Bc%26%C3%A4.csv")}`, "a b+c&ä.csv"],
    ["with a percent sign that is one", entry("100%25.csv"), "100%25.csv"],
    ["with an entity that there is not", entry("a&nope;.csv"), "a&nope;.csv"],
  ])("reads a key %s", (_what, text, key) => {
    expect(readObjectPage(page(text))).toEqual({
      objects: [{ key, bytes: 4, etag: '"0f"', modifiedAt: 1767225600000 }],
      next: null,
    });
  });

  it("says where the next page begins", () => {
    const more = "<IsTruncated>true</IsTruncated><NextContinuationToken>a/b+c==</NextContinuationToken>";

    expect(readObjectPage(page(more)).next).toBe("a/b+c==");
  });

  it.each<[what: string, text: string]>([
    ["half a page", page(entry("a.csv")).slice(0, -30)],
    ["an error", "<Error><Code>InternalError</Code></Error>"],
    ["a page that says nothing of the next", page("<IsTruncated>true</IsTruncated>")],
    ["a size that is not a number", page(entry("a.csv", "many"))],
    ["no size", page("<Contents><Key>a.csv</Key><ETag>x</ETag></Contents>")],
    ["a key that cannot be decoded", page(`<EncodingType>url</EncodingType>${entry("%E4.csv")}`)],
    ["nothing", ""],
  ])("refuses %s, so that no object is taken for gone", (_what, text) => {
    expect(() => readObjectPage(text)).toThrow(/the store sent/);
  });
});
