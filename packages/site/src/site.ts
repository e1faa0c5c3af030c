import type { DriftOnSite, SiteEvent, SiteHistory, SiteVersion, VersionFacts } from "@refit/core/report";
import { badge } from "./badge.ts";
import { partsOf, siteEvents } from "./events.ts";
import { feed } from "./feed.ts";
import { indexPage } from "./index-page.ts";
import { STYLE, TABLE_SCRIPT } from "./look.ts";
import { driftStrip, historyPage, metricChart, datesOf } from "./model-page.ts";
import { nameOfFile, placesOf } from "./places.ts";
import type { Site, SiteModel } from "./site-input.ts";
import { versionPage, type VersionPlace } from "./version-page.ts";

/** What is read of versions, by tree id. */
export interface VersionsRead {
  facts(treeId: string): VersionFacts;
  drift(treeId: string): readonly DriftOnSite[];
}

/** Files that are made of the same values, so that they are written together. */
export interface SitePart {
  /** Of the files, in the order of `make`. */
  readonly paths: readonly string[];
  /** All that decides what is in them, besides the facts of versions, which never change: equal keys, equal files. */
  readonly key: unknown;
  /** Tree ids of the versions whose facts they show. */
  readonly needs: readonly string[];
  /** … and of those whose drift. */
  readonly needsDrift: readonly string[];
  make(read: VersionsRead): readonly string[];
}

/** All files of a site. Nothing is made yet: whoever writes them asks only for those whose key is new. */
export function siteParts(site: Site): SitePart[] {
  const models = site.models.map((model) => ({
    ...model,
    events: siteEvents(model.history, model.ledger),
    came: new Map(model.history.versions.map((version) => [version.sha, version])),
  }));
  const told = models.map(({ status, events }) => ({ model: status.model, events }));
  return [
    whole("index.html", () => indexPage(site.models)),
    whole("api/index.json", () => json(site.statusJson)),
    whole("feed.xml", () => feed(told)),
    whole("style.css", () => STYLE),
    whole("table.js", () => TABLE_SCRIPT),
    ...models.flatMap((model) => modelParts(site, model)),
  ];
}

/** A file that is made at once, and so is its own key. */
function whole(path: string, make: () => string): SitePart {
  const text = make();
  return { paths: [path], key: text, needs: [], needsDrift: [], make: () => [text] };
}

interface ModelWithEvents extends SiteModel {
  readonly events: readonly SiteEvent[];
  /** Versions by the commit that brought them. */
  readonly came: ReadonlyMap<string, KnownVersion>;
}

function modelParts(site: Site, model: ModelWithEvents): SitePart[] {
  const { earlier } = partsOf(model.events);
  return [
    newestPart(model),
    ...earlier.map((events, i) => earlierPart(model, events, i + 1)),
    whole(placesOf(model.status.model).badge, () => badge(model.status)),
    ...versionParts(site, model),
  ];
}

function newestPart(model: ModelWithEvents): SitePart {
  const { status, gates, sensitive } = model;
  const { newest, earlier } = partsOf(model.events);
  const places = placesOf(status.model);
  const links = earlier.map((events, i) => ({ place: places.earlier(i + 1), words: datesOf(events) })).reverse();
  const part = partOf(
    model,
    newest,
    links.map(({ place }) => nameOfFile(place.api)),
  );
  return {
    paths: [places.page, places.chart, places.strip, places.api],
    key: [part.key, status, gates, sensitive, links],
    needs: part.needs,
    needsDrift: part.needs,
    make(read) {
      const history = part.history(read, part.drift(read));
      const strip = driftStrip(history);
      const files = {
        chart: nameOfFile(places.chart),
        strip: strip === null ? null : nameOfFile(places.strip),
        badge: nameOfFile(places.badge),
      };
      const pages = links.map(({ place, words }) => ({ page: nameOfFile(place.page), words }));
      const shown = { history, status, files, earlier: pages, api: `../../${places.api}` };
      return [historyPage(shown), metricChart(history, gates), strip ?? nothingDrawn, json(history)];
    },
  };
}

function earlierPart(model: ModelWithEvents, events: readonly SiteEvent[], number: number): SitePart {
  const place = placesOf(model.status.model).earlier(number);
  const part = partOf(model, events, []);
  return {
    paths: [place.page, place.chart, place.api],
    key: [part.key, model.sensitive],
    needs: part.needs,
    needsDrift: [],
    make(read) {
      const history = part.history(read, []);
      const files = { chart: nameOfFile(place.chart), strip: null, badge: null };
      const shown = { history, status: null, files, earlier: [], api: `../../${place.api}` };
      return [historyPage(shown), metricChart(history, []), json(history)];
    },
  };
}

/** For a model whose versions were never compared: an empty picture that no page shows. */
const nothingDrawn = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n`;

/** What happened in a span of time, as a value. */
function partOf(model: ModelWithEvents, events: readonly SiteEvent[], older: readonly string[]) {
  const { status, history } = model;
  const came = versionsOf(model, events);
  return {
    key: [events, came.map((version) => outline(model, version)), older],
    needs: came.map(({ treeId }) => treeId),
    drift: (read: VersionsRead): SiteHistory["drift"] =>
      came.flatMap(({ treeId, number }) => {
        const columns = [...read.drift(treeId)];
        return columns.length === 0 ? [] : [{ version: number, columns }];
      }),
    history: (read: VersionsRead, drift: SiteHistory["drift"]): SiteHistory => ({
      format: 1,
      schema: "site-history",
      model: status.model,
      state: history.state,
      live: events.at(-1)?.live ?? null,
      older: [...older],
      drift,
      events: [...events],
      versions: came.map((version) => ({
        ...outline(model, version),
        facts: withoutSensitive(read.facts(version.treeId), model),
      })),
    }),
  };
}

/** Versions that first came in these events, by number. */
function versionsOf({ came }: ModelWithEvents, events: readonly SiteEvent[]): readonly KnownVersion[] {
  const commits = new Set(events.flatMap(({ commit }) => commit ?? []));
  const found = [...commits].flatMap((commit) => came.get(commit) ?? []);
  return found.sort((a, b) => a.number - b.number);
}

type KnownVersion = SiteModel["history"]["versions"][number];

const numbers = new WeakMap<SiteModel["history"], ReadonlyMap<string, number>>();

function numberOf({ history }: SiteModel, treeId: string | null): number | null {
  const known = numbers.get(history) ?? new Map(history.versions.map((version) => [version.treeId, version.number]));
  numbers.set(history, known);
  return treeId === null ? null : (known.get(treeId) ?? null);
}

/** A version without its facts. */
function outline(model: SiteModel, version: KnownVersion): Omit<SiteVersion, "facts"> {
  const { number, treeId, sha, committedAt, author, broken, newerFormat, parent } = version;
  return {
    number,
    treeId,
    at: new Date(committedAt).toISOString(),
    commit: sha,
    author,
    broken,
    newerFormat,
    parent: numberOf(model, parent),
  };
}

/** Values of sensitive columns are taken out; of all columns, where it is not known which those are. */
function withoutSensitive(facts: VersionFacts, { sensitive }: SiteModel): VersionFacts {
  if (facts.comparison === null) return facts;
  const slices = facts.comparison.slices.map((slice) =>
    sensitive === null || sensitive.includes(slice.column) ? { ...slice, value: null } : slice,
  );
  return { ...facts, comparison: { ...facts.comparison, slices } };
}

function versionParts(site: Site, model: ModelWithEvents): SitePart[] {
  const { status, history, sensitive } = model;
  const places = placesOf(status.model);
  const spans = liveSpansOf(history);
  return history.versions.map((version): SitePart => {
    const known = outline(model, version);
    const { use, ...links } = site.placeOf(status.model, version);
    const place = { model: status.model, live: spans.get(version.treeId) ?? [], ...links };
    return {
      paths: [places.version(version.number)],
      key: [place, known, sensitive],
      needs: [version.treeId],
      needsDrift: [],
      make: (read) => {
        const found = read.facts(version.treeId);
        return [
          versionPage({ ...place, version: { ...known, facts: withoutSensitive(found, model) }, use: use(found) }),
        ];
      },
    };
  });
}

/** When each version was live, by tree id. */
function liveSpansOf({ events }: SiteModel["history"]): ReadonlyMap<string, VersionPlace["live"]> {
  const spans = new Map<string, { from: string; until: string | null }[]>();
  let open: { from: string; until: string | null } | null = null;
  let live: string | null = null;
  for (const { champion, commit } of events) {
    const next = champion?.treeId ?? null;
    if (next === live) continue;
    const at = new Date(commit.committedAt).toISOString();
    if (open !== null) open.until = at;
    open = next === null ? null : { from: at, until: null };
    if (next !== null && open !== null) spans.set(next, [...(spans.get(next) ?? []), open]);
    live = next;
  }
  return spans;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
