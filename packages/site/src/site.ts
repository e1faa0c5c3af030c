import type { DriftOnSite, SiteEvent, SiteHistory, SiteVersion, VersionFacts } from "@refit/core/report";
import { STYLE, TABLE_SCRIPT } from "./assets.ts";
import { badge } from "./badge.ts";
import { partsOf, siteEvents } from "./events.ts";
import { feed } from "./feed.ts";
import { indexPage } from "./index-page.ts";
import { driftStrip, historyPage, metricChart, datesOf } from "./model-page.ts";
import type { Site, SiteModel } from "./site-input.ts";
import { baseName, sitePaths } from "./site-paths.ts";
import { versionPage, type VersionPage } from "./version-page.ts";

/** What the files of versions say, by tree id. */
export interface VersionsRead {
  facts(treeId: string): VersionFacts;
  drift(treeId: string): readonly DriftOnSite[];
}

/** Files that are made from the same values, and so are written together. */
export interface SitePart {
  /** Paths of the files, in the order of what `make` returns. */
  readonly paths: readonly string[];
  /** Everything the files are made from, except what versions say, which never changes. Equal keys give equal files. */
  readonly key: unknown;
  /** Tree ids of the versions whose facts the files show. */
  readonly needs: readonly string[];
  /** Tree ids of the versions whose drift the files show. */
  readonly needsDrift: readonly string[];
  make(read: VersionsRead): readonly string[];
}

/** All files of a site. Pages of models and versions are made only when `make` is called, for parts whose key changed. */
export function siteParts(site: Site): SitePart[] {
  const models = site.models.map((model) => ({
    ...model,
    events: siteEvents(model.history, model.ledger),
    versionsByCommit: new Map(model.history.versions.map((version) => [version.sha, version])),
  }));
  const ofFeed = models.map(({ status, events }) => ({ model: status.model, events }));
  return [
    madeFile("index.html", () => indexPage(site.models)),
    madeFile("api/index.json", () => json(site.statusJson)),
    madeFile("feed.xml", () => feed(ofFeed)),
    madeFile("style.css", () => STYLE),
    madeFile("table.js", () => TABLE_SCRIPT),
    ...models.flatMap((model) => modelParts(site, model)),
  ];
}

/** A file that is made at once: its text is its key. */
function madeFile(path: string, make: () => string): SitePart {
  const text = make();
  return { paths: [path], key: text, needs: [], needsDrift: [], make: () => [text] };
}

interface ModelWithEvents extends SiteModel {
  readonly events: readonly SiteEvent[];
  /** Versions by the commit that added them. */
  readonly versionsByCommit: ReadonlyMap<string, KnownVersion>;
}

function modelParts(site: Site, model: ModelWithEvents): SitePart[] {
  const { earlier } = partsOf(model.events);
  let state: SiteHistory["state"] = "none";
  return [
    newestPart(model),
    ...earlier.map((events, i) => {
      state = stateAfter(events, state);
      return earlierPart(model, { events, state }, i + 1);
    }),
    madeFile(sitePaths(model.status.model).badge, () => badge(model.status)),
    ...versionParts(site, model),
  ];
}

/** State of the model after events. @param before its state before them */
function stateAfter(events: readonly SiteEvent[], before: SiteHistory["state"]): SiteHistory["state"] {
  const last = events.findLast(({ kind }) => kind in statesAfter);
  return last === undefined ? before : statesAfter[last.kind]!;
}

const statesAfter: Readonly<Partial<Record<SiteEvent["kind"], SiteHistory["state"]>>> = {
  promoted: "live",
  rollback: "live",
  broken: "broken",
  retired: "retired",
};

/** Versions in the drift chart: one with more columns would be hard to read. */
const VERSIONS_WITH_DRIFT = 100;

function newestPart(model: ModelWithEvents): SitePart {
  const { status, history: past, gates, sensitive } = model;
  const { newest, earlier } = partsOf(model.events);
  const paths = sitePaths(status.model);
  const links = earlier.map((events, i) => ({ place: paths.earlier(i + 1), words: datesOf(events) })).reverse();
  const part = historyOf(
    model,
    { events: newest, state: past.state },
    links.map(({ place }) => baseName(place.api)),
  );
  const ofDrift = past.versions.slice(-VERSIONS_WITH_DRIFT);
  const needsDrift = ofDrift.map(({ treeId }) => treeId);
  return {
    paths: [paths.page, paths.chart, paths.strip, paths.api],
    key: [part.key, status, gates, sensitive, links, needsDrift],
    needs: part.needs,
    needsDrift,
    make(read) {
      const history = part.history(read, driftOf(ofDrift, read));
      const strip = driftStrip(history);
      const files = {
        chart: baseName(paths.chart),
        strip: strip === null ? null : baseName(paths.strip),
        badge: baseName(paths.badge),
      };
      const pages = links.map(({ place, words }) => ({ page: baseName(place.page), words }));
      const shown = { history, status, files, earlier: pages, api: `../../${paths.api}` };
      return [historyPage(shown), metricChart(history, gates), strip ?? emptyPicture, json(history)];
    },
  };
}

function earlierPart(model: ModelWithEvents, span: EventSpan, number: number): SitePart {
  const place = sitePaths(model.status.model).earlier(number);
  const part = historyOf(model, span, []);
  return {
    paths: [place.page, place.chart, place.api],
    key: [part.key, model.sensitive],
    needs: part.needs,
    needsDrift: [],
    make(read) {
      const history = part.history(read, []);
      const files = { chart: baseName(place.chart), strip: null, badge: null };
      const shown = { history, status: null, files, earlier: [], api: `../../${place.api}` };
      return [historyPage(shown), metricChart(history, []), json(history)];
    },
  };
}

/** Stands in for the drift chart, which no page then shows, so that a model always has the same files. */
const emptyPicture = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n`;

/** Consecutive events of a model, and its state after them. */
interface EventSpan {
  readonly events: readonly SiteEvent[];
  readonly state: SiteHistory["state"];
}

/** The value that a page of events shows. @param older names of the files with the events before */
function historyOf(model: ModelWithEvents, { events, state }: EventSpan, older: readonly string[]) {
  const versions = versionsOf(model, events);
  return {
    key: [events, state, versions.map((version) => outline(model, version)), older],
    needs: versions.map(({ treeId }) => treeId),
    history: (read: VersionsRead, drift: SiteHistory["drift"]): SiteHistory => ({
      format: 1,
      schema: "site-history",
      model: model.status.model,
      state,
      live: events.at(-1)?.live ?? null,
      older: [...older],
      drift,
      events: [...events],
      versions: versions.map((version) => ({
        ...outline(model, version),
        facts: withoutSensitive(read.facts(version.treeId), model),
      })),
    }),
  };
}

/** Drift of versions from their parents, without those of which it was not measured. */
function driftOf(versions: readonly KnownVersion[], read: VersionsRead): SiteHistory["drift"] {
  return versions.flatMap(({ treeId, number }) => {
    const columns = [...read.drift(treeId)];
    return columns.length === 0 ? [] : [{ version: number, columns }];
  });
}

/** Versions that these events added, by number. */
function versionsOf({ versionsByCommit }: ModelWithEvents, events: readonly SiteEvent[]): readonly KnownVersion[] {
  const commits = new Set(events.flatMap(({ commit }) => commit ?? []));
  const found = [...commits].flatMap((commit) => versionsByCommit.get(commit) ?? []);
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

/** Without the values of sensitive columns; without any values if it is not known which columns are sensitive. */
function withoutSensitive(facts: VersionFacts, { sensitive }: SiteModel): VersionFacts {
  if (facts.comparison === null) return facts;
  const slices = facts.comparison.slices.map((slice) =>
    sensitive === null || sensitive.includes(slice.column) ? { ...slice, value: null } : slice,
  );
  return { ...facts, comparison: { ...facts.comparison, slices } };
}

function versionParts(site: Site, model: ModelWithEvents): SitePart[] {
  const { status, history, sensitive } = model;
  const paths = sitePaths(status.model);
  const spans = liveSpansOf(history);
  return history.versions.map((version): SitePart => {
    const known = outline(model, version);
    const { use, ...links } = site.linksOf(status.model, version);
    const place = { model: status.model, live: spans.get(version.treeId) ?? [], ...links };
    return {
      paths: [paths.version(version.number)],
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
function liveSpansOf({ events }: SiteModel["history"]): ReadonlyMap<string, VersionPage["live"]> {
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
