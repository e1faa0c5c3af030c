import type { Profile } from "@refit/core/data";
import { parseProfile } from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import { readChampionFile } from "./version-folder.ts";

const known = new WeakMap<object, Promise<Profile | null>>();

/**
 * Profile of the rows that a version was trained on; `null`: it has none. Several rooms ask for it, and to check a long one takes a while,
 * so that it is read once for each version that a run knows.
 *
 * @throws FormatNewerError, ArtifactInvalidError
 */
export function championProfile(
  ports: Pick<Ports, "git">,
  version: { readonly treeId: string },
): Promise<Profile | null> {
  const profile = known.get(version) ?? read(ports, version);
  known.set(version, profile);
  return profile;
}

async function read(ports: Pick<Ports, "git">, version: { readonly treeId: string }): Promise<Profile | null> {
  const text = await readChampionFile(ports, version, "profile.json");
  return text === null ? null : parseProfile(text);
}
