import { posix } from "node:path";
import { quoted, SourceVanishedError } from "@refit/core/errors";
import { globLiteral, globPattern } from "@refit/core/spec";
import { type HttpAnswer, type HttpClient, type HttpRequest, httpClient, readBody } from "../remote/http-client.ts";
import { patiently, type SourcePatience, usualPatience } from "../remote/patience.ts";
import type {
  Promised,
  RemoteBytes,
  RemoteFile,
  RemotePlace,
  RemoteSource,
  WantedFile,
} from "../remote/remote-place.ts";
import { remoteSources } from "../remote/remote-sources.ts";
import { bytesOf, rangeOf, requirePlain } from "../https/answers.ts";
import type { SourceReader, SourceWorld } from "../source-kind.ts";
import { refusalError, refusalOf, requireListing } from "./answers.ts";
import { type ListedObject, readObjectPage } from "./list-objects.ts";
import { prefixOf, regionOf, signerOf } from "./signer.ts";

/** Objects of S3 and of whatever speaks its protocol: one listing says what has changed. */
export function s3Sources(world: SourceWorld): SourceReader {
  const patience = world.patience ?? usualPatience;
  return remoteSources("s3", s3Place(httpClient(patience, world.network), patience, world.env), patience);
}

export function s3Place(http: HttpClient, patience: SourcePatience, env: SourceWorld["env"]): RemotePlace {
  /** Paths of sources that name no object, but what the keys of some begin with. */
  const folders = new Set<string>();

  async function ask(source: RemoteSource, url: URL, headers: HttpRequest["headers"] = {}): Promise<HttpAnswer> {
    return http.send({
      path: source.path,
      method: "GET",
      url,
      headers: await signerOf(source, env)(url, "GET", headers),
      allowPrivate: source.allowPrivate === true,
      redirects: 0,
    });
  }

  /** One page at a time: each says where the next begins. */
  async function* pages(source: RemoteSource) {
    const { bucket, key } = placeIn(source.path);
    for (let next: string | null = "", asked = 0; next !== null; asked++) {
      const url = bucketUrl(source, env, bucket);
      const query = { "list-type": "2", "encoding-type": "url", "max-keys": "1000", prefix: literalStart(key) };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      if (asked > 0) url.searchParams.set("continuation-token", next);
      url.search = url.search.replaceAll("+", "%20");
      const page = await patiently(source.path, patience, async () => {
        const answer = await ask(source, url);
        if (answer.status !== 200)
          throw refusalError(source.path, await refusalOf(source.path, answer), prefixOf(source));
        requireListing(source.path, answer);
        return readObjectPage(await readBody(source.path, answer, 1 << 24));
      });
      yield page.objects;
      // A key without wildcards comes first among those that begin with it.
      next = literalStart(key) === key ? null : page.next;
    }
  }

  return {
    list: async (source) => listedFiles(source, pages(source), folders),

    async open(source, file, from) {
      const { bucket, key } = placeIn(file.path);
      const url = bucketUrl(source, env, bucket);
      url.pathname += key.split("/").map(encoded).join("/");
      const { versionId } = file.version ?? {};
      if (versionId !== undefined) url.searchParams.set("versionId", versionId);
      const range = from > 0 ? { range: `bytes=${from}-` } : {};
      return objectBytes(source, file, await ask(source, url, { ...range, "x-amz-checksum-mode": "ENABLED" }));
    },

    names: (source, path) => namesOf(source)(path),
    beside: (source, path) => [{ ...source, path: `${globLiteral(posix.dirname(path))}/**` }],
    notices: ({ path }) => (folders.has(path) ? [folderWords(path)] : []),
    keeps: hasVersionId,
    isResumable: () => true,
    promised: () => ({}),
  };
}

/** @param folders gets the paths of sources that name a folder and no object. */
async function listedFiles(
  source: RemoteSource,
  pages: AsyncIterable<readonly ListedObject[]>,
  folders: Set<string>,
): Promise<RemoteFile[]> {
  const { bucket } = placeIn(source.path);
  const isNamed = namesOf(source);
  const files: RemoteFile[] = [];
  for await (const objects of pages) {
    if (isFolder(source, objects)) folders.add(source.path);
    for (const { key, bytes, etag, modifiedAt } of objects) {
      const file = { path: `s3://${bucket}/${key}`, bytes, version: { etag } };
      if (isNamed(file.path)) files.push(modifiedAt === null ? file : { ...file, modifiedAt });
    }
  }
  return files;
}

const hasVersionId = ({ version }: Partial<Pick<WantedFile, "version">>) => version?.["versionId"] !== undefined;

/** @throws whatever the answer says instead of bytes of the wanted version. */
async function objectBytes(source: RemoteSource, file: WantedFile, answer: HttpAnswer): Promise<RemoteBytes> {
  const { status, headers, body } = answer;
  const { etag, versionId } = file.version ?? {};
  const named = versionId === undefined ? `the version with the ETag ${etag}` : `version ${versionId.slice(0, 80)}`;
  if (status !== 200 && status !== 206) {
    const refusal = await refusalOf(file.path, answer);
    // Without the right to list, a missing key is a refusal; with it, this.
    const isGone = status === 404 ? refusal.code !== "NoSuchBucket" : status === 405 && versionId !== undefined;
    if (isGone) throw new SourceVanishedError(file.path, { version: named });
    throw refusalError(file.path, refusal, prefixOf(source));
  }
  try {
    requirePlain(file.path, headers);
    if (etag !== undefined && headers.etag !== etag) throw new SourceVanishedError(file.path, { version: named });
    const found = headers["x-amz-version-id"];
    const asked = typeof found === "string" && found !== "null" ? found : undefined;
    const told = { stream: body, versionId: asked, promised: promisedBy(headers) };
    return status === 200 ? { ...told, from: 0, total: bytesOf(headers) } : { ...told, ...rangeOf(headers) };
  } catch (error) {
    body.destroy();
    throw error;
  }
}

/** The ETag of an object that was sent in one piece is its md5, unless it is encrypted with a key of its own. */
function promisedBy(headers: HttpAnswer["headers"]): Promised {
  const md5 = /^"([0-9a-f]{32})"$/.exec(headers.etag ?? "")?.[1];
  const encrypted = headers["x-amz-server-side-encryption"];
  const isPlain = encrypted === undefined || encrypted === "AES256";
  const hasOwnKey = headers["x-amz-server-side-encryption-customer-algorithm"] !== undefined;
  const checksum = headers["x-amz-checksum-sha256"];
  const sha256 =
    typeof checksum === "string" && !checksum.includes("-") ? Buffer.from(checksum, "base64").toString("hex") : "";
  return {
    ...(md5 !== undefined && isPlain && !hasOwnKey && { md5 }),
    ...(sha256.length === 64 && { sha256 }),
  };
}

/** Tells the addresses of objects that an entry names; one that ends in a slash is a folder of some tool. */
function namesOf(source: RemoteSource): (address: string) => boolean {
  const { bucket, key: pattern } = placeIn(source.path);
  const glob = literalStart(pattern) === pattern ? null : globPattern(pattern);
  return (address) => {
    const object = placeIn(address);
    const isNamed = glob === null ? object.key === pattern : glob.test(object.key);
    return object.bucket === bucket && isNamed && !object.key.endsWith("/");
  };
}

/** Whether a source without wildcards is what people call a folder: no object, but what the keys of some begin with. */
function isFolder({ path }: RemoteSource, objects: readonly { readonly key: string }[]): boolean {
  const { key: named } = placeIn(path);
  const start = named.replace(/\/?$/, "/");
  if (literalStart(named) !== named || objects.some(({ key }) => key === named && named !== start)) return false;
  return objects.some(({ key }) => key.startsWith(start) && key !== start);
}

function folderWords(path: string): string {
  const below = path.replace(/\/?$/, "/*");
  return `${quoted(path, 300)} is not an object, but there are objects below it: write ${quoted(below, 300)} into the data manifest, or ${quoted(`${below}*/*`, 300)} for those further down.`;
}

/** Bucket and key, or pattern of keys. */
function placeIn(address: string): { readonly bucket: string; readonly key: string } {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.*)$/is.exec(address) ?? [];
  return { bucket, key };
}

/** What every matching key begins with. */
function literalStart(pattern: string): string {
  return pattern.slice(0, /[*?[\]{}]|$/.exec(pattern)!.index);
}

/** With `/` at its end. A store of one's own is asked by path: its host name knows no buckets. */
function bucketUrl(source: RemoteSource, env: SourceWorld["env"], bucket: string): URL {
  if (source.endpoint !== undefined) return new URL(`${source.endpoint.replace(/\/$/, "")}/${bucket}/`);
  const host = `s3.${regionOf(source, env)}.amazonaws.com`;
  return new URL(bucket.includes(".") ? `https://${host}/${bucket}/` : `https://${bucket}.${host}/`);
}

/** As the signature wants it: everything but what RFC 3986 calls unreserved. */
function encoded(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
