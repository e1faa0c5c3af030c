import { posix } from "node:path";
import { SourceVanishedError } from "@refit/core/errors";
import { globLiteral, globPattern, globRoot } from "@refit/core/spec";
import { bytesOf, rangeOf, requirePlain, throwByStatus } from "../https/answers.ts";
import { bearer } from "../https/bearer.ts";
import { type HttpAnswer, type HttpClient, httpClient, readBody } from "../remote/http-client.ts";
import { PassingFault, patiently, type SourcePatience, usualPatience } from "../remote/patience.ts";
import type { RemoteFile, RemotePlace, RemoteSource } from "../remote/remote-place.ts";
import { remoteSources } from "../remote/remote-sources.ts";
import type { SourceReader, SourceWorld } from "../source-kind.ts";

/** Files of a dataset on Hugging Face at a commit, which never change: each has the digest that the hub gives it. */
export function hubSources(world: SourceWorld): SourceReader {
  const patience = world.patience ?? usualPatience;
  return remoteSources("hf", hubPlace(httpClient(patience, world.network), patience, world.env), patience);
}

function hubPlace(http: HttpClient, patience: SourcePatience, env: SourceWorld["env"]): RemotePlace {
  /** sha256 of the files that are kept in large file storage, by path. */
  const digests = new Map<string, string>();

  const ask = (source: RemoteSource, url: URL, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> =>
    http.send({
      path: source.path,
      method: "GET",
      url,
      headers: { ...headers, ...bearer(source, env) },
      allowPrivate: source.allowPrivate === true,
      redirects: 5,
    });

  return {
    async list(source) {
      const { repository, commit, file: pattern } = placeIn(source.path);
      const isNamed = globPattern(pattern);
      const folder = encodePath(globRoot(pattern) === pattern ? parentOf(pattern) : globRoot(pattern));
      const tree = `api/datasets/${repository}/tree/${commit}${folder === "" ? "" : `/${folder}`}?recursive=true`;
      const files: RemoteFile[] = [];
      for (let url: URL | null = new URL(tree, hubOf(source)); url !== null;) {
        const page = await patiently(source.path, patience, () => readPage(source, () => ask(source, url!)));
        for (const { path, bytes, oid, sha256 } of page.entries) {
          if (!isNamed.test(path)) continue;
          const address = `hf://datasets/${repository}@${commit}/${path}`;
          if (sha256 !== null) digests.set(address, sha256);
          files.push({ path: address, bytes, version: { oid } });
        }
        url = page.next === null ? null : new URL(page.next, url);
      }
      return files;
    },

    async open(source, file, from) {
      const { repository, commit, file: name } = placeIn(file.path);
      const url = new URL(`datasets/${repository}/resolve/${commit}/${encodePath(name)}`, hubOf(source));
      const answer = await ask(source, url, from > 0 ? { range: `bytes=${from}-` } : {});
      const { status, headers, body } = answer;
      if (status === 404 || status === 410) {
        body.destroy();
        throw new SourceVanishedError(file.path, { version: `commit ${commit.slice(0, 12)}` });
      }
      if (status !== 200 && status !== 206) throwByStatus(source.path, answer, source.token ?? null);
      try {
        requirePlain(file.path, headers);
        const range = status === 206 ? rangeOf(headers) : { from: 0, total: bytesOf(headers) };
        return { ...range, stream: body, versionId: undefined };
      } catch (error) {
        body.destroy();
        throw error;
      }
    },

    names: isFileOf,
    beside: (source, path) => [{ ...source, path: `${globLiteral(posix.dirname(path))}/**` }],
    // A commit stays, though the manifest names another one by now.
    keeps: () => true,
    isResumable: () => true,
    promised(file) {
      const sha256 = digests.get(file.path);
      return sha256 === undefined ? {} : { sha256 };
    },
  };
}

interface HubFile {
  readonly path: string;
  readonly bytes: number;
  readonly oid: string;
  readonly sha256: string | null;
}

/** One page of the hub's list of files, and where the next is. */
async function readPage(source: RemoteSource, ask: () => Promise<HttpAnswer>) {
  const answer = await ask();
  if (answer.status === 404) {
    answer.body.destroy();
    return { entries: [], next: null };
  }
  if (answer.status !== 200) throwByStatus(source.path, answer, source.token ?? null);
  const next = /<([^>]+)>;\s*rel="next"/.exec(String(answer.headers.link ?? ""))?.[1] ?? null;
  return { entries: entriesOf(await readBody(source.path, answer, 1 << 25)), next };
}

/** @throws PassingFault for what is not a whole list. */
function entriesOf(text: string): HubFile[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new PassingFault("the hub sent a list that cannot be read");
  }
  if (!Array.isArray(list)) throw new PassingFault("the hub sent a list that cannot be read");
  return list.flatMap((each: unknown): HubFile[] => {
    const { type, path, size, oid, lfs } = (each ?? {}) as Record<string, unknown>;
    if (type !== "file") return [];
    const sha256 = (lfs as { oid?: unknown } | undefined)?.oid;
    if (typeof path !== "string" || typeof oid !== "string" || !Number.isSafeInteger(size))
      throw new PassingFault("the hub sent a list that cannot be read");
    return [{ path, bytes: size as number, oid, sha256: typeof sha256 === "string" ? sha256 : null }];
  });
}

/** Repository, commit, and the path of a file or pattern of paths. */
function placeIn(address: string) {
  const [, repository = "", commit = "", file = ""] =
    /^hf:\/\/datasets\/([^/@]+\/[^/@]+)@([0-9a-f]{40})\/(.+)$/is.exec(address) ?? [];
  return { repository, commit, file };
}

/** At whichever commit. */
function isFileOf(source: RemoteSource, path: string): boolean {
  const [entry, file] = [placeIn(source.path), placeIn(path)];
  return entry.repository === file.repository && globPattern(entry.file).test(file.file);
}

const hubOf = ({ endpoint = "https://huggingface.co" }: RemoteSource) => `${endpoint.replace(/\/$/, "")}/`;
const encodePath = (path: string) => path.split("/").map(encodeURIComponent).join("/");
const parentOf = (path: string) => path.split("/").slice(0, -1).join("/");
