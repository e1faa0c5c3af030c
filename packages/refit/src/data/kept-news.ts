import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import type { RowNews } from "../products/row-news.ts";
import { sha256 } from "../sha256.ts";
import { keepValue, recallValue } from "./cache.ts";
import { digestVersion } from "./digest-version.ts";

interface NamedFile {
  readonly path: string;
  readonly sha256: string;
}

type NewsContext = Pick<RowContext, "manifest" | "repository" | "spec">;

/** What was found before of the same two states; `null`: nobody has compared them on this machine. */
export async function recallNews(
  { files }: Pick<Ports, "files">,
  context: NewsContext,
  now: readonly NamedFile[],
  then: readonly NamedFile[],
): Promise<RowNews | null> {
  const kept = await recallValue(files, context.repository, nameOf(context, now, then));
  return (kept?.value as RowNews | undefined) ?? null;
}

export async function keepNews(
  { files }: Pick<Ports, "files">,
  context: NewsContext,
  [now, then]: readonly [now: readonly NamedFile[], then: readonly NamedFile[]],
  news: RowNews,
): Promise<void> {
  await keepValue(files, context.repository, nameOf(context, now, then), news);
}

/** Rises when `RowNews` has another form. */
const newsFormat = 2;

function nameOf({ manifest, spec }: NewsContext, now: readonly NamedFile[], then: readonly NamedFile[]): string {
  const named = (files: readonly NamedFile[]) => files.map((file) => [file.path, file.sha256]);
  const { schema, sensitive } = manifest;
  const read = [newsFormat, digestVersion, schema, sensitive, spec.key ?? null, named(now), named(then)];
  return `news/${sha256(JSON.stringify(read))}`;
}
