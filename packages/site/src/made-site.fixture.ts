import { readHistory, type LedgerRow } from "@refit/core/history";
import type { VersionFacts } from "@refit/core/report";
import type { Site, SiteModel } from "./site-input.ts";
import type { SitePart } from "./site.ts";

/** Gives the text for each place that people or data fill. */
export type Words = (place: string) => string;

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 1);

/** A model with a commit each hour. @param trees tree ids after each commit: `a b a -` is two promotions, a rollback and a removal. */
export function madeModel(trees: string, words: Words, change: Partial<SiteModel> = {}): SiteModel {
  const names = trees.split(" ");
  const commits = names.map((name, i) => ({
    sha: `c${i}`.padEnd(40, "0"),
    committedAt: start + i * hour,
    author: words("author"),
    subject: words("subject"),
    treeId: name === "-" ? null : name,
  }));
  const history = readHistory(commits, (treeId) => ({
    broken: treeId === "X" ? words("broken") : null,
    parent: names[names.indexOf(treeId) - 1] ?? null,
    inputDigest: treeId,
    newerFormat: null,
  }));
  const declined = {
    kind: "declined",
    model: "churn",
    at: new Date(start + hour / 2).toISOString(),
    inputDigest: "0".repeat(64),
    parent: "a",
    holdout: null,
    settingsDigest: "0".repeat(64),
    files: [],
    reason: words("reason"),
  } satisfies LedgerRow;
  return {
    status: {
      model: "churn",
      state: history.state,
      version: history.champion && `v${history.champion.number}`,
      since: "2026-01-01",
      learnedUntil: "2026-01-01",
      newer: { metric: words("metric"), value: 0.65, rows: 120 },
      attention: [{ label: words("label"), what: words("what") }],
      proposal: words("proposal"),
      proposalState: "open",
      due: [words("due")],
    },
    history,
    metrics: new Map(),
    ledger: [declined],
    gates: [{ label: words("gate"), value: 0.6 }],
    sensitive: [],
    ...change,
  };
}

function madeFacts(words: Words): VersionFacts {
  return {
    metrics: { [words("metric")]: 0.81234567 },
    comparison: {
      kind: "refresh",
      primary: words("metric"),
      rows: 300,
      metrics: [
        {
          metric: words("metric"),
          champion: 0.79,
          challenger: 0.81234567,
          improvement: 0.02234567,
          interval: [0.01, 0.03],
        },
      ],
      slices: [
        {
          column: words("column"),
          value: words("secret"),
          rows: 40,
          champion: 0.7,
          challenger: 0.75,
          improvement: 0.05,
        },
      ],
    },
    origin: {
      learner: words("learner"),
      settings: words("settings"),
      dataset: words("dataset"),
      dataFiles: 3,
      dataRows: 900,
      learnedUntil: "2026-01-01T00:00:00.000Z",
      declared: true,
      seed: 7,
      holdout: {
        kind: "temporal",
        from: "2025-12-01T00:00:00.000Z",
        to: "2025-12-31T00:00:00.000Z",
        rows: 300,
        digest: "d".repeat(64),
      },
      owner: words("owner"),
      use: words("use"),
      limits: words("limits"),
    },
    changes: [words("change")],
  };
}

export function madeSite(models: readonly SiteModel[], words: Words): Site {
  return {
    models,
    statusJson: models.map(({ status }) => status),
    linksOf: () => ({
      commitPage: words("commitPage"),
      pullRequest: words("pullRequest"),
      use: () => [{ from: words("from"), how: words("how"), page: words("usePage") }],
    }),
  };
}

/** Contents of all files, by path. */
export function madeFiles(parts: readonly SitePart[], words: Words): Map<string, string> {
  const read = {
    facts: () => madeFacts(words),
    drift: () => [{ column: words("column"), role: "feature", status: "drift", psi: 0.4 }],
  };
  return new Map(parts.flatMap(({ paths, make }) => make(read).map((text, i) => [paths[i]!, text] as const)));
}
