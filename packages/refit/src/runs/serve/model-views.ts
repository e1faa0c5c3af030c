import { UsageError } from "@refit/core/errors";
import { quoteForTerminal } from "@refit/core/report";
import type { FollowedSource, ServedFiles } from "../../ports/http-server.ts";
import type { Ports } from "../../ports/index.ts";
import { readSpecs } from "../../rooms/read.ts";
import { decodeText } from "../../text.ts";
import { viewSource, type ViewPlace } from "./view-source.ts";

type Needed = Parameters<typeof viewSource>[0];

/** Each model with the view that it reads, where a file of it was given. @throws UsageError where no model reads a view, or one reads two */
export async function withViews(
  ports: Needed & Pick<Ports, "git">,
  sources: readonly FollowedSource[],
  places: readonly ViewPlace[],
): Promise<FollowedSource[]> {
  if (places.length === 0) return [...sources];
  const repository = await ports.git.locate();
  const read = new Set<string>();
  const found: FollowedSource[] = [];
  for (const source of sources) {
    const { manifest } = await readSpecs(ports, repository, source.name, { workTree: false });
    const [place, other] = places.filter(({ view }) => manifest.views?.includes(view));
    if (other !== undefined) {
      throw new UsageError(
        `${source.name} reads the views ${place!.view} and ${other.view}: name one with --view.`,
        other.usage,
      );
    }
    if (place !== undefined) read.add(place.view);
    found.push(place === undefined ? source : { ...besideView(source), view: viewSource(ports, source, place) });
  }
  const unread = places.find(({ view }) => !read.has(view));
  if (unread !== undefined) {
    throw new UsageError(`No model that is served reads the view ${quoteForTerminal(unread.view)}.`, unread.usage);
  }
  return found;
}

/** Rows of a view are prepared as the live version was trained: a canary that was trained in another way would be asked other rows than it knows. */
function besideView(source: FollowedSource): FollowedSource {
  return {
    ...source,
    async find() {
      const found = await source.find();
      const { canary } = found;
      if (canary === null) return found;
      const tools = async () => {
        const [own, live] = await Promise.all([canary, found].map(manifestDigest));
        if (own === live) return canary.tools();
        throw new Error("It was trained with another data manifest than the champion, for which the view is prepared.");
      };
      return { ...found, canary: { ...canary, tools } };
    },
  };
}

/** Of the data manifest that a version was trained with, as it says itself; a damaged one is not opened anyway. */
async function manifestDigest({ read }: ServedFiles): Promise<unknown> {
  const bytes = await read("lineage.json");
  const lineage = JSON.parse(bytes === null ? "{}" : decodeText(bytes)) as { digests?: { manifest?: unknown } };
  return lineage.digests?.manifest;
}
