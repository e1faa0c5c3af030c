import { stat } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../../ports/repository.ts";

/** When something last came from the remote, by the files that git and refit write then, epoch milliseconds; `null`: nothing tells. */
export async function lastFetch({ commonDir, remote }: Repository): Promise<number | null> {
  if (remote === null) return null;
  const places = ["FETCH_HEAD", `refs/remotes/${remote}`, `logs/refs/remotes/${remote}`];
  const times = await Promise.all(
    places.map(async (place) => {
      const looked = await stat(path.join(commonDir, place)).catch(() => null);
      return looked === null ? [] : [looked.mtimeMs];
    }),
  );
  const known = times.flat();
  return known.length === 0 ? null : Math.max(...known);
}
