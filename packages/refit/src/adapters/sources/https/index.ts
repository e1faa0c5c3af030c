import type { IncomingHttpHeaders } from "node:http";
import { SourceVanishedError } from "@refit/core/errors";
import type { RemoteVersion } from "@refit/core/history";
import type { SourceWorld } from "../source-kind.ts";
import { type HttpAnswer, type HttpClient, httpClient } from "../remote/http-client.ts";
import { patiently, type SourcePatience, usualPatience } from "../remote/patience.ts";
import type { RemoteBytes, RemoteFile, RemotePlace, RemoteSource, WantedFile } from "../remote/remote-place.ts";
import { remoteSources } from "../remote/remote-sources.ts";
import { bearer } from "./bearer.ts";
import { bytesOf, rangeOf, requirePlain, throwByStatus } from "./answers.ts";

/** Single files of a web server: a HEAD request says whether one has changed. */
export function httpsSources(world: SourceWorld) {
  const patience = world.patience ?? usualPatience;
  const http = httpClient(patience, world.network);
  return remoteSources("https", webPlace(http, patience, world.env), patience);
}

export function webPlace(http: HttpClient, patience: SourcePatience, env: SourceWorld["env"]): RemotePlace {
  const send = (source: RemoteSource, method: "GET" | "HEAD", headers: Readonly<Record<string, string>> = {}) =>
    http.send({
      path: source.path,
      method,
      url: new URL(source.path),
      headers: { ...headers, ...bearer(source, env) },
      allowPrivate: source.allowPrivate === true,
      redirects: 5,
    });

  return {
    list: async (source) =>
      patiently(source.path, patience, async () => describe(source, (...how) => send(source, ...how))),

    async open(source, file, from) {
      const isStrong = from > 0 && strongTag(file) !== null;
      const answer = await send(
        source,
        "GET",
        isStrong ? { range: `bytes=${from}-`, "if-range": strongTag(file)! } : {},
      );
      return readable(source, file, answer);
    },

    names: (source, path) => source.path === path,
    isResumable: (file) => strongTag(file) !== null,
    promised: () => ({}),
  };
}

type Send = (method: "GET" | "HEAD", headers?: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

/** Some servers know no HEAD; the beginning of a GET says the same. */
async function describe(source: RemoteSource, send: Send): Promise<RemoteFile[]> {
  const head = await send("HEAD");
  head.body.resume();
  const answer = [405, 501].includes(head.status) ? await send("GET") : head;
  if (answer !== head) answer.body.destroy();
  const { status, headers } = answer;
  if (status === 404 || status === 410) return [];
  if (status !== 200) throwByStatus(source.path, answer, source.token ?? null);
  requirePlain(source.path, headers);
  return [{ path: source.path, bytes: bytesOf(headers), version: versionOf(headers) }];
}

/** A time is trusted where it was a minute old when it was told: within that minute the file may change under the same time. */
const racySeconds = 60;

function versionOf(headers: IncomingHttpHeaders): RemoteVersion | null {
  const { etag, "last-modified": lastModified, date } = headers;
  if (etag !== undefined && etag !== "") return { etag };
  if (lastModified === undefined || date === undefined || bytesOf(headers) === null) return null;
  return (Date.parse(date) - Date.parse(lastModified)) / 1000 >= racySeconds ? { lastModified } : null;
}

/** An ETag that promises the same bytes, and not only the same meaning. */
function strongTag({ version }: WantedFile): string | null {
  const etag = version?.["etag"];
  return etag === undefined || /^W\//i.test(etag) ? null : etag;
}

function readable(source: RemoteSource, file: WantedFile, answer: HttpAnswer): RemoteBytes {
  const { status, headers, body } = answer;
  try {
    if (status === 404 || status === 410) throw new SourceVanishedError(file.path, { version: named(file) });
    if (status !== 200 && status !== 206) throwByStatus(source.path, answer, source.token ?? null);
    requirePlain(source.path, headers);
    requireSame(file, headers);
    const length = bytesOf(headers);
    if (status === 200) return { from: 0, total: length, stream: body, versionId: undefined };
    return { ...rangeOf(headers), stream: body, versionId: undefined };
  } catch (error) {
    body.destroy();
    throw error;
  }
}

/** @throws SourceVanishedError where the answer is of another version than the listing was. */
function requireSame(file: WantedFile, headers: IncomingHttpHeaders): void {
  const { etag, lastModified } = file.version ?? {};
  const isSame =
    (etag === undefined || headers.etag === etag) &&
    (lastModified === undefined || headers["last-modified"] === lastModified);
  if (!isSame) throw new SourceVanishedError(file.path, { version: named(file) });
}

function named({ version }: WantedFile): string {
  const { etag, lastModified } = version ?? {};
  if (etag !== undefined) return `the version with the ETag ${etag.slice(0, 80)}`;
  return lastModified === undefined ? "what was listed" : `the version of ${lastModified.slice(0, 80)}`;
}
