import type { Profile } from "@refit/core/data";
import { RefitError } from "@refit/core/errors";
import { knownFormat, parseProfile } from "@refit/core/history";
import { sha256 } from "../sha256.ts";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import { decodeText } from "../text.ts";
import { keepValue, recallValue } from "./cache.ts";

/**
 * Profiles by content: of the file, and of how it was read; of answers, also of who gave them. First the cache of this clone, then the ledger branch, so
 * that a machine with an empty disk does not read old files again.
 */
export async function loadProfile(
  ports: Pick<Ports, "git" | "files">,
  context: Pick<RowContext, "ledgerCommit" | "manifest" | "repository">,
  content: string,
): Promise<Profile | null> {
  const name = profileName(context, content);
  // Sealed, so that it is what some refit wrote; which one, its format says.
  const cached = (await recallValue(ports.files, context.repository, cacheName(name)))?.value as Profile | undefined;
  if (cached?.format === knownFormat) return cached;
  if (context.ledgerCommit === null) return null;
  const [stored] = await ports.git.read([`${context.ledgerCommit}:profiles/${name}`]);
  return profileOrNull(stored ?? null);
}

/** A profile that cannot be read, also one of a newer format, is made again from what it is the profile of. */
function profileOrNull(bytes: Uint8Array | null): Profile | null {
  if (bytes === null) return null;
  try {
    return parseProfile(decodeText(bytes));
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}

export async function saveProfile(
  ports: Pick<Ports, "files">,
  context: RowContext,
  content: string,
  profile: Profile,
): Promise<void> {
  await keepValue(ports.files, context.repository, profilePlace(context, content), profile);
}

/**
 * `<digest>.json`; the digest covers the schema that the file is read with.
 *
 * @param content sha256 of the file's bytes, or what else decides the profile.
 */
export function profileName({ manifest }: Pick<RowContext, "manifest">, content: string): string {
  return `${sha256(JSON.stringify([content, manifest.schema, manifest.sensitive]))}.json`;
}

/** Below the folder of caches. */
export const profilePlace = (context: Pick<RowContext, "manifest">, content: string) =>
  cacheName(profileName(context, content));

const cacheName = (name: string) => `profiles/${name}`;
