import { createHash } from "node:crypto";
import type { WebAnswer, WebRequest } from "./web-server.ts";

const perPage = 1000;

/**
 * Answers ListObjectsV2 and GET for one bucket, as S3 does for requests by path; it takes any signature. For more objects than
 * a whole object store would serve within a test.
 *
 * @param objects by key; what is set there is served from the next request on.
 */
export function objectBucket(bucket: string, objects: ReadonlyMap<string, string>): (request: WebRequest) => WebAnswer {
  const modified = new Date(Date.UTC(2026, 0, 1));
  return ({ path }) => {
    const { pathname, searchParams: query } = new URL(path, "http://localhost");
    const [, name, ...rest] = pathname.split("/");
    const key = rest.map(decodeURIComponent).join("/");
    if (name !== bucket) return errorOf(404, "NoSuchBucket");
    if (key === "" && query.get("list-type") === "2") return xml(200, pageOf(objects, query, modified));
    const content = objects.get(key);
    if (content === undefined) return errorOf(404, "NoSuchKey");
    const headers = { etag: etagOf(content), "last-modified": modified.toUTCString() };
    return { status: 200, headers, body: Buffer.from(content) };
  };
}

function pageOf(objects: ReadonlyMap<string, string>, query: URLSearchParams, modified: Date): string {
  const prefix = query.get("prefix") ?? "";
  const after = query.get("continuation-token");
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && (after === null || key > after)).sort();
  const page = keys.slice(0, Math.min(perPage, Number(query.get("max-keys") ?? perPage)));
  const entries = page.map((key) => {
    const content = objects.get(key)!;
    const told = { Key: encodeURIComponent(key), LastModified: modified.toISOString(), ETag: etagOf(content) };
    const size = `<Size>${Buffer.byteLength(content)}</Size><StorageClass>STANDARD</StorageClass>`;
    return `<Contents>${elements(told)}${size}</Contents>`;
  });
  const more =
    page.length < keys.length
      ? elements({ IsTruncated: "true", NextContinuationToken: page.at(-1)! })
      : elements({ IsTruncated: "false" });
  return `<ListBucketResult>${more}<EncodingType>url</EncodingType>${entries.join("")}</ListBucketResult>`;
}

function elements(values: Readonly<Record<string, string>>): string {
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return Object.entries(values)
    .map(([name, value]) => `<${name}>${escaped(value)}</${name}>`)
    .join("");
}

const etagOf = (content: string) => `"${createHash("md5").update(content).digest("hex")}"`;
const errorOf = (status: number, code: string) => xml(status, `<Error><Code>${code}</Code></Error>`);

function xml(status: number, text: string): WebAnswer {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`);
  return { status, headers: { "content-type": "application/xml" }, body };
}
