import { parseProfile, type Profile } from "@refit/core";
import path from "node:path";
import { sha256 } from "../adapters/sha256.ts";
import type { Ports } from "../ports.ts";
import type { Context } from "../context.ts";

/**
 * Profiles by content: of the file, and of how it was read. First the cache of this clone, then the ledger branch, so
 * that a machine with an empty disk does not read old files again.
 */
export async function loadProfile(ports: Ports, context: Context, fileDigest: string): Promise<Profile | null> {
  const name = profileName(context, fileDigest);
  const cached = await ports.files.read(cachePath(context, name));
  if (cached !== null) return parseProfile(decode(cached));
  if (context.ledgerCommit === null) return null;
  const [stored] = await ports.git.read([`${context.ledgerCommit}:profiles/${name}`]);
  return stored ? parseProfile(decode(stored)) : null;
}

export async function saveProfile(ports: Ports, context: Context, fileDigest: string, profile: Profile): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify(profile));
  await ports.files.write(cachePath(context, profileName(context, fileDigest)), bytes);
}

/** `<digest>.json`; the digest covers the file's bytes and the schema it is read with. */
export function profileName({ manifest }: Pick<Context, "manifest">, fileDigest: string): string {
  return `${sha256(JSON.stringify([fileDigest, manifest.schema, manifest.sensitive]))}.json`;
}

function cachePath({ repository }: Context, name: string): string {
  return path.join(repository.commonDir, "refit", "cache", "profiles", name);
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
