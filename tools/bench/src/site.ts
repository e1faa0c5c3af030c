import { importedCommit } from "./git-objects.ts";
import { championFolder, json, longHistory, nextVersion } from "./long-history.ts";
import { type Measured, words } from "./measure.ts";
import { spend } from "./spend.ts";
import { createWorkspace, refitBin } from "./workspace.ts";

const columns = Array.from({ length: 12 }, (_, i) => `column_${i}`);

/** What people have written. JSON is YAML. */
const settings = [
  [
    "models/bench/model.yaml",
    json({
      task: "binary",
      data: "bench",
      target: "y",
      positive: 1,
      time: "day",
      candidates: [{ learner: "linear" }],
      holdout: { fraction: 0.2, minRows: 30 },
      metrics: { primary: "rocAuc", also: ["logLoss", "brier"] },
      gates: [{ metric: "rocAuc", min: 0.5 }],
    }),
  ],
  ["data-manifests/bench.yaml", json({ sources: [{ path: "data/bench.csv" }] })],
  ["data/bench.csv", "day,column_0,y\n2026-01-01,1,0\n2026-01-02,2,1\n"],
] as const;

/**
 * `refit site` of one model with many versions: from nothing, again with nothing new, and with one version more. Each version has
 * 12 profiled columns, 3 metrics and 6 slices, and the ledger has its look and its proposal.
 */
export async function benchSite(versions: number): Promise<Measured[]> {
  const workspace = createWorkspace();
  const site = () => spend(workspace, process.execPath, [refitBin, "site", "--offline", "--output", "../site"]);
  const importStream = (stream: string) => workspace.git(["fast-import", "--quiet", "--force"], stream);
  try {
    importStream(longHistory(versions, versionFiles));
    importStream(ledger(versions));
    workspace.git(["reset", "--quiet", "--hard", "main"]);
    for (const [file, text] of settings) workspace.write(file, text);
    workspace.commitAll("Settings and data");
    const first = await site();
    const again = await site();
    const live = workspace.git(["rev-parse", `main:${championFolder}`]);
    importStream(nextVersion(versions + 1, live, versionFiles, "refs/heads/main^0").commit);
    importStream(ledger(versions + 1, "refs/heads/refit-ledger^0"));
    const one = await site();
    const row = (what: string, { cpu, wall, stdout }: typeof first, bar: string): Measured => ({
      what: `\`refit site\` of ${versions.toLocaleString("en")} versions, ${what}: ${/\((.*)\)/.exec(stdout)?.[1] ?? "?"}`,
      refit: `${words(cpu)} of processor time, ${words(wall)} by the clock`,
      against: "–",
      ratio: null,
      bar,
      runs: 1,
    });
    return [row("all pages", first, "10 s"), row("nothing new", again, "1 s"), row("one version more", one, "1 s")];
  } finally {
    workspace.remove();
  }
}

function versionFiles(version: number): [string, string][] {
  const near = (value: number) => value + 0.01 * Math.sin(version * 7 + value);
  const metrics = ["rocAuc", "logLoss", "brier"].map((metric) => ({
    metric,
    champion: near(0.7),
    challenger: near(0.71),
    improvement: near(0.01),
    interval: [near(0), near(0.02)],
    pSuperior: 0.1,
    standardError: 0.01,
    method: "delong",
  }));
  const slices = Array.from({ length: 6 }, (_, i) => ({
    column: "column_0",
    value: `value ${i}`,
    rows: 30,
    sufficient: true,
    metrics,
    pRegression: 0.5,
    pHolm: 1,
  }));
  const profiled = columns.map((name, i) => ({
    name,
    type: "number",
    rows: 1_000,
    nulls: 0,
    min: 0,
    max: 100,
    sum: 50_000,
    sumOfSquares: 3_000_000,
    buckets: Array.from({ length: 40 }, (__, key) => [key, 25 + ((version * (key + i)) % 3)]),
    importance: 1 / columns.length,
  }));
  const evaluation = { format: 1, kind: "refresh", primary: "rocAuc", rows: 200, metrics, slices, bootstrap: null };
  const inputs = columns.map((name) => ({ name, type: "number" }));
  const features = {
    format: 1,
    source: inputs,
    inputs,
    target: { name: "y", task: "binary", classes: [false, true] },
    features: columns.map((name) => ({ kind: "numeric", name, input: name })),
    ignored: [],
  };
  return [
    ["evaluation.json", json(evaluation)],
    ["features.json", json(features)],
    ["profile.json", json({ format: 1, rows: 1_000, columns: profiled })],
  ];
}

/** The ledger with a look and a proposal for each version, as a stream. @param from what it continues */
function ledger(versions: number, from?: string): string {
  const rows = Array.from({ length: versions }, (_, i) => {
    const at = new Date((1_700_000_000 + (i + 1) * 3_600 - 600) * 1000).toISOString();
    const head = {
      model: "bench",
      at,
      inputDigest: `input ${i}`,
      parent: null,
      holdout: null,
      settingsDigest: "s",
      files: [],
    };
    const look = {
      ...head,
      kind: "look",
      look: 1,
      alpha: 0.05,
      window: { from: null, to: null, rows: 200 },
      verdict: "promote",
    };
    return [look, { ...head, kind: "proposed", reasons: [] }].map((row) => `${JSON.stringify(row)}\n`).join("");
  });
  const files = new Map([["models/bench.jsonl", rows.join("")]]);
  const start = from === undefined ? {} : { from };
  return importedCommit({
    ref: "refs/heads/refit-ledger",
    at: 1_800_000_000,
    message: "refit: record",
    files,
    ...start,
  });
}
