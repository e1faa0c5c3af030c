import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText } from "../../core/src/report/hostile-text.fixture.ts";
import { unclosed } from "../../core/src/report/charts/unclosed.fixture.ts";
import { siteHistory, type SiteHistory } from "@refit/core/report";
import { TABLE_SCRIPT } from "./assets.ts";
import { madeFiles, madeModel, madeSite, type Words } from "./made-site.fixture.ts";
import { siteParts } from "./site.ts";

const plain: Words = (place) => place;
const filesOf = (trees: string, words = plain, change: Parameters<typeof madeModel>[2] = {}) =>
  madeFiles(siteParts(madeSite([madeModel(trees, words, change)], words)), words);

/** Tags and names of attributes, in order: all that is markup. */
function markupOf(text: string): string[] {
  return [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, ""));
}

describe("the files of a site", () => {
  it("have the same markup whatever people and data say", () => {
    const benign = filesOf("a b X a", (place) => (/proposal|pullRequest|Page/.test(place) ? "https://x.y" : "x"));
    fc.assert(
      fc.property(hostileText, (text) => {
        const words: Words = (place) => (/proposal|pullRequest|Page/.test(place) ? `https://${text}` : text);
        for (const [path, found] of filesOf("a b X a", words)) {
          if (path.endsWith(".json")) continue;
          for (const hidden of ["\0", "\u200B", "\u202E", "\u2028"]) expect(found).not.toContain(hidden);
          if (path.endsWith(".html"))
            expect([path, ...markupOf(found)]).toEqual([path, ...markupOf(benign.get(path)!)]);
          if (/\.(?:svg|xml)$/.test(path))
            expect([path, ...unclosed(found.replace(/^<\?xml.*\?>\n/, ""))]).toEqual([path]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(["javascript:alert(1)", "http://x", "data:text/html,x", " https://x"])(
    "link to nothing like %s",
    (address) => {
      const files = filesOf("a", (place) => (/proposal|Page|pullRequest/.test(place) ? address : place));

      expect([...files.values()].join("\n")).not.toMatch(/href="[^"]*(?:javascript|http:|data:|%20| )/);
    },
  );

  it("show no value of a sensitive column, and of none where it is not known which are", () => {
    const shows = (sensitive: readonly string[] | null) =>
      [...filesOf("a b", plain, { sensitive })].filter(([, text]) => text.includes("secret")).map(([path]) => path);

    expect(shows([])).toEqual(
      ["models/churn/index.html", "api/models/churn/index.json", "models/churn/v1.html", "models/churn/v2.html"].filter(
        (path) => path !== "models/churn/index.html",
      ),
    );
    expect(shows(["column"])).toEqual([]);
    expect(shows(null)).toEqual([]);
  });

  it("lead from page to page, and nowhere else", () => {
    const files = filesOf(Array.from({ length: 250 }, (_, i) => `t${i}`).join(" "));
    const missing: string[] = [];
    for (const [path, text] of files) {
      if (!path.endsWith(".html")) continue;
      for (const [, target] of text.matchAll(/(?:href|src)="([^"#]+)"/g)) {
        const found = new URL(target!, `https://site/${path}`);
        if (found.host === "site" && !files.has(found.pathname.slice(1))) missing.push(`${path} -> ${target}`);
      }
    }

    expect(missing).toEqual([]);
    expect([...files.keys()].filter((path) => path.includes("history-"))).toHaveLength(6);
  });

  it("tell in JSON what the schema says", () => {
    const history = JSON.parse(filesOf("a b X a").get("api/models/churn/index.json")!) as SiteHistory;

    expect(siteHistory.parse(history)).toEqual(history);
    expect(history.events.map(({ kind, version, live }) => `${kind} ${version} ${live}`)).toEqual([
      "promoted 1 1",
      "declined null 1",
      "promoted 2 2",
      "broken 3 2",
      "rollback 1 1",
    ]);
  });

  it("say when each version was live", () => {
    const liveOf = (page: string) =>
      /<dt>Live<\/dt>\s*<dd>(.*?)<\/dd>/s.exec(filesOf("a b X a").get(page)!)![1]!.replace(/<[^>]*>/g, "");

    expect(liveOf("models/churn/v1.html")).toBe("2026-01-01 to 2026-01-01; 2026-01-01 to now");
    expect(liveOf("models/churn/v2.html")).toBe("2026-01-01 to 2026-01-01");
    expect(liveOf("models/churn/v3.html")).toBe("never");
  });

  it("keep their keys when a further version comes, but for a few", () => {
    const trees = Array.from({ length: 400 }, (_, i) => `t${i}`);
    const keysOf = (count: number) =>
      new Map(
        siteParts(madeSite([madeModel(trees.slice(0, count).join(" "), plain)], plain)).map(({ paths, key }) => [
          paths[0],
          JSON.stringify(key),
        ]),
      );
    const [before, after] = [keysOf(399), keysOf(400)];

    const changed = [...after].filter(([path, key]) => before.get(path) !== key).map(([path]) => path!);
    expect(changed.toSorted()).toEqual([
      "api/index.json",
      "feed.xml",
      "index.html",
      "models/churn/badge.svg",
      "models/churn/index.html",
      "models/churn/v399.html",
      "models/churn/v400.html",
    ]);
  });

  it("are equal where their keys are equal, whatever happened to the model since", () => {
    const before = Array.from({ length: 250 }, (_, i) => `t${i}`);
    const filesByKey = new Map<string, string>();
    const differing: string[] = [];
    for (const since of ["", "t250", "-", "X", "t1", "- t250", "X t1"]) {
      const model = madeModel([...before, since].join(" ").trim(), plain);
      for (const part of siteParts(madeSite([model], plain))) {
        const key = JSON.stringify([part.paths, part.key]);
        const files = JSON.stringify([...madeFiles([part], plain)]);
        if (files !== (filesByKey.get(key) ?? files)) differing.push(`${since}: ${part.paths[0]}`);
        filesByKey.set(key, files);
      }
    }

    expect(differing).toEqual([]);
  });

  it("show the drift of the newest versions, whatever else happened since", () => {
    const driftIn = (trees: string, change: Parameters<typeof madeModel>[2] = {}) => {
      const history = JSON.parse(filesOf(trees, plain, change).get("api/models/churn/index.json")!) as SiteHistory;
      return [history.versions.length, history.drift.map(({ version }) => version)] as const;
    };
    const [declined] = madeModel("a", plain).ledger;
    const later = Array.from({ length: 150 }, (_, i) => ({
      ...declined!,
      inputDigest: String(i),
      at: new Date(Date.UTC(2026, 1, 1, i)).toISOString(),
    }));

    expect(driftIn("a b", { ledger: later })).toEqual([0, [1, 2]]);
    const [, versions] = driftIn(Array.from({ length: 250 }, (_, i) => `t${i}`).join(" "));
    expect([versions.length, versions[0], versions.at(-1)]).toEqual([100, 151, 250]);
  });

  it("have a script that is small", () => {
    expect(Buffer.byteLength(TABLE_SCRIPT)).toBeLessThan(3000);
  });
});
