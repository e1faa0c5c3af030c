import type { Profile } from "@refit/core/data";
import { parseProfile } from "@refit/core/history";
import path from "node:path";
import { sha256 } from "../sha256.ts";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import { decodeText, encodeText } from "../text.ts";

/**
 * Profiles by content: of the file, and of how it was read; of answers, also of who gave them. First the cache of this clone, then the ledger branch, so
 * that a machine with an empty disk does not read old files again.
 */
export async function loadProfile(
  ports: Pick<Ports, "git" | "files">,
  context: Context,
  content: string,
): Promise<Profile | null> {
  const name = profileName(context, content);
  const cached = await ports.files.read(cachePath(context, name));
  if (cached !== null) return parseProfile(decodeText(cached));
  if (context.ledgerCommit === null) return null;
  const [stored] = await ports.git.read([`${context.ledgerCommit}:profiles/${name}`]);
  return stored ? parseProfile(decodeText(stored)) : null;
}

export async function saveProfile(
  ports: Pick<Ports, "files">,
  context: Context,
  content: string,
  profile: Profile,
): Promise<void> {
  const bytes = encodeText(JSON.stringify(profile));
  await ports.files.write(cachePath(context, profileName(context, content)), bytes);
}

/**
 * `<digest>.json`; the digest covers the schema that the file is read with.
 *
 * @param content sha256 of the file's bytes, or what else decides the profile.
 */
export function profileName({ manifest }: Pick<Context, "manifest">, content: string): string {
  return `${sha256(JSON.stringify([content, manifest.schema, manifest.sensitive]))}.json`;
}

function cachePath({ repository }: Context, name: string): string {
  return path.join(repository.commonDir, "refit", "cache", "profiles", name);
}
