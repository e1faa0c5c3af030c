import type { SiteEvent } from "@refit/core/report";
import { escapeText } from "./html.ts";
import { sitePaths } from "./site-paths.ts";

/** Maximum number of entries; feed readers keep older ones. */
const MAX_ENTRIES = 50;

/** Atom feed (RFC 4287) of the events of all models, newest first. The ids of entries do not depend on the address of the site. */
export function feed(models: readonly { readonly model: string; readonly events: readonly SiteEvent[] }[]): string {
  const all = models.flatMap(({ model, events }) => events.slice(-MAX_ENTRIES).map((event) => ({ model, event })));
  const newest = all
    .sort((a, b) => (a.event.at === b.event.at ? compare(a.model, b.model) : compare(b.event.at, a.event.at)))
    .slice(0, MAX_ENTRIES);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:refit:models</id>
<title>What happened to the models</title>
<updated>${newest[0]?.event.at ?? "1970-01-01T00:00:00.000Z"}</updated>
<author><name>refit</name></author>
<link rel="alternate" type="text/html" href="index.html"/>
${newest.map(entry).join("")}</feed>
`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function entry({ model, event }: { readonly model: string; readonly event: SiteEvent }): string {
  const { at, kind, version, live, commit, words } = event;
  const paths = sitePaths(model);
  const what = version === null ? kind : `${kind} of v${version}`;
  const after = live === null ? "No version is live." : `v${live} is live.`;
  return `<entry>
<id>urn:refit:${model}:${commit ?? `${kind}:${at}`}</id>
<title>${escapeText(`${model}: ${what}`, 200)}</title>
<updated>${at}</updated>
<link rel="alternate" type="text/html" href="${version === null ? paths.page : paths.version(version)}"/>
<summary>${escapeText(words === null ? after : `${words} ${after}`, 400)}</summary>
</entry>
`;
}
