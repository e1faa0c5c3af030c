import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { SourceRefusedError, SourceVanishedError } from "@refit/core/errors";
import type { RemoteBytes, RemotePlace, RemoteSource, WantedFile } from "../remote/remote-place.ts";
import type { DvcConfig } from "./config.ts";

/** Where the objects of a repository of DVC lie. */
export interface DvcRepository {
  /** Absolute path of the `.dvc` folder. */
  readonly folder: string;
  readonly config: DvcConfig;
}

/** An object by the md5 of its bytes. */
export interface DvcObject {
  /** With `.dir` for a list of files. */
  readonly name: string;
  readonly isOld: boolean;
  readonly remote: string | null;
}

/** Places that are asked over the network, by the scheme of a remote's url. */
export type RemotePlaces = Readonly<Record<"https" | "s3", RemotePlace>>;

/**
 * Bytes of an object, from DVC's own cache where it is there, else from its remote.
 *
 * @throws SourceVanishedError, SourceRefusedError, PassingFault
 */
export async function openObject(
  at: DvcRepository,
  places: RemotePlaces,
  object: DvcObject,
  { source, file, from }: { readonly source: RemoteSource; readonly file: WantedFile; readonly from: number },
): Promise<RemoteBytes> {
  const cache = path.resolve(at.folder, at.config.cacheDir ?? "cache");
  const cached = await openFile(path.join(cache, keyOf(object)), from);
  if (cached !== null) return cached;

  const { name, url, settings } = remoteOf(at, source, object);
  const gone = new SourceVanishedError(file.path, {
    version: `the object with md5 ${object.name}, neither in DVC's cache nor in its remote "${name}"`,
    hint: `Run \`dvc push\` where the data are, or commit a pointer to data that the remote has.`,
  });
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase() ?? "";
  if (scheme === "" || scheme === "file") {
    const folder = scheme === "" ? path.resolve(at.folder, url) : new URL(url).pathname;
    const found = await openFile(path.join(folder, keyOf(object)), from);
    if (found === null) throw gone;
    return found;
  }
  const place = scheme === "http" || scheme === "https" ? places.https : scheme === "s3" ? places.s3 : null;
  if (place === null) {
    const hint = "refit reads remotes of DVC that are a folder, s3: or https:. Add one of these, and push to it.";
    throw new SourceRefusedError(file.path, `its remote "${name}" is ${scheme}:`, hint);
  }
  const address = `${url.replace(/\/$/, "")}/${keyOf(object)}`;
  try {
    return await place.open(asSource(source, address, settings), { ...file, path: address, version: null }, from);
  } catch (error) {
    throw error instanceof SourceVanishedError ? gone : error;
  }
}

function keyOf({ name, isOld }: DvcObject): string {
  const key = `${name.slice(0, 2)}/${name.slice(2)}`;
  return isOld ? key : `files/md5/${key}`;
}

function remoteOf({ config }: DvcRepository, { path: pointer }: RemoteSource, { remote }: DvcObject) {
  const name = remote ?? config.remote;
  const settings = name === null ? undefined : config.remotes.get(name);
  if (name === null || settings?.["url"] === undefined) {
    const why = name === null ? "DVC has no default remote here" : `DVC has no remote "${name}" here`;
    throw new SourceRefusedError(pointer, why, "Name one with `dvc remote add --default`, and commit .dvc/config.");
  }
  return { name, url: settings["url"], settings };
}

/** The pointer's entry in the manifest says what may be used to reach the remote; its config says where it is. */
function asSource(source: RemoteSource, address: string, settings: Readonly<Record<string, string>>): RemoteSource {
  const { endpointurl, region } = settings;
  return {
    ...source,
    path: address,
    ...(endpointurl !== undefined && { endpoint: endpointurl }),
    ...(source.region === undefined && region !== undefined && { region }),
  };
}

async function openFile(file: string, from: number): Promise<RemoteBytes | null> {
  const facts = await stat(file).catch(() => null);
  if (facts === null || !facts.isFile()) return null;
  return { from, total: facts.size, stream: createReadStream(file, { start: from }), versionId: undefined };
}
