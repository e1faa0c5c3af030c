import { readFileSync } from "node:fs";
import { decideRetrain, decisionFacts } from "@refit/core/decide";
import { measureDrift, mergeProfiles } from "@refit/core/data";
import {
  appendLedgerLines,
  championFolder,
  checkTree,
  compareFolders,
  type Lineage,
  lfsPointer,
  lookNumber,
  parseFeatureSpec,
  parseHandOver,
  parseLineage,
  parseProfile,
  parseTrainedCandidate,
  readClaims,
  readLedgerLines,
} from "@refit/core/history";
import { chartFiles, fitReport, markdownReport, parseReport, rollbackReport, terminalReport } from "@refit/core/report";
import { applyFeatures, type Column, type FeatureColumn, fillSettings } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { parse } from "yaml";
import {
  isMarked,
  isNewer,
  readComment,
  reportComment,
  reportMarker,
  withNote,
} from "./adapters/forges/github/marker.ts";
import { foreignAnswers } from "./forge-answers.fixture.ts";
import { installedLearners } from "./adapters/learners/index.ts";
import { openSealedJson, sealJson } from "./sealed-json.ts";
import { sha256 } from "./sha256.ts";
import { readDataManifest, readModelSpec } from "./specs/documents.ts";
import { decodeText } from "./text.ts";
import { storedMetrics } from "./versions/stored-metrics.ts";

/** Something that is stored, and read again by whoever comes later. */
export interface StoredFormat {
  readonly name: string;
  /** As refit, or a person, has written it. */
  readonly texts: readonly string[];
  /** Whether each line is JSON of its own. */
  readonly lines?: true;
  /** Whether a case costs as much as ten others. */
  readonly costly?: true;
  /**
   * Reads it, and uses what was read as refit does.
   *
   * @throws RefitError for what is refused; an `Error` that says "accepted" for what should have been.
   */
  use(bytes: Uint8Array): unknown;
}

const now = Date.parse("2026-06-01T00:00:00Z");
const stored = (file: string) =>
  readFileSync(new URL(`../../core/test/fixtures/stored/today/${file}`, import.meta.url), "utf8");
const written = (file: string) => readFileSync(new URL(`../test/fixtures/${file}`, import.meta.url), "utf8");
/** Text as refit reads it; a learner reads its own bytes. */
const textual = (use: (text: string) => unknown) => (bytes: Uint8Array) => use(decodeText(bytes));

function refuse(condition: boolean, what: string): void {
  if (condition) throw new Error(`accepted: ${what}`);
}

const policy = readModelSpec(
  "m.yaml",
  written("model.yaml"),
  installedLearners({ env: {}, onLine: () => {} }).installed,
).retrain;

/** A decision that rests on a ledger and a champion. */
function decideWith(ledger: ReturnType<typeof rowsOf>, lineage: Lineage): void {
  const champion = { treeId: "t", since: now - 1e9, lineage };
  const facts = decisionFacts({
    now,
    policyDigest: "p",
    minRows: 100,
    force: null,
    history: { state: "live", events: [], rolledBack: [] },
    champion,
    lastRolledBack: champion,
    ledger,
    ledgerLost: false,
    heldBranch: null,
    settingsChanged: null,
    proposal: { lineage, heldByPerson: false, complete: true },
    snapshot: { rows: 10, digests: { input: "i", settings: "s" } },
    newRows: { sinceJudged: 5, sinceChampion: 5 },
    observation: { drift: [], classifier: null, decline: null },
  });
  const { nextEligibleAt } = decideRetrain(facts, policy);
  if (nextEligibleAt !== null) refuse(Number.isNaN(nextEligibleAt), "a time that is none");
}

const rowsOf = (text: string) =>
  readLedgerLines("models/churn.jsonl", text).flatMap(({ row }) => (row === null ? [] : [row]));

const columnsOf = (inputs: readonly { readonly name: string; readonly type: Column["type"] }[]): Column[] =>
  inputs.map(({ name, type }) =>
    type === "file"
      ? { kind: "text", name, type, dictionary: ["a", "b"], codes: Int32Array.of(0, 1, -1), bring: async () => "" }
      : type === "string"
        ? { kind: "text", name, type, dictionary: ["a", "ﬁ"], codes: Int32Array.of(0, 1, -1) }
        : { kind: "number", name, type, values: Float64Array.of(1, NaN, 1e300) },
  );

const twoNumbers: FeatureColumn[] = [
  { kind: "numeric", name: "a", values: Float32Array.from({ length: 60 }, (_, i) => i % 7) },
  { kind: "categorical", name: "b", levels: 3, codes: Uint8Array.from({ length: 60 }, (_, i) => i % 5) },
];
const matrix = { rows: 60, columns: twoNumbers };

async function modelText(name: "gbdt" | "linear", task: "binary" | "multiclass" | "regression"): Promise<string> {
  const classes = { binary: 2, multiclass: 3, regression: 0 }[task];
  const rows = { features: matrix, target: Float64Array.from({ length: 60 }, (_, i) => (i % 7) % (classes || 7)) };
  const settings = fillSettings(learners[name], name === "gbdt" ? { trees: 2, leaves: 4, minLeafRows: 5 } : {});
  const request = { task, classes, settings: settings as never, seed: 1, train: rows, validation: rows };
  return new TextDecoder().decode((await learners[name].fit(request)).get("model.json"));
}

const rollback = {
  model: "churn",
  from: { label: "v2", metrics: {}, on: null },
  to: { label: "v1", metrics: {}, on: null },
  together: null,
};
const report = `${JSON.stringify({
  ...rollbackReport({ ...rollback, treeId: "a".repeat(40) }),
  sections: [
    {
      id: "data",
      title: "Data",
      keep: 50,
      body: [
        {
          kind: "paragraph",
          text: ["a", { kind: "data", text: "b|`" }, { kind: "break" }, { kind: "code", text: "x" }],
        },
        { kind: "list", items: [["one"], [{ kind: "strong", text: "two" }]] },
        { kind: "table", head: [["h"], ["i"]], rows: [[["1"], ["2"]]] },
        { kind: "notice", lines: [["n"]] },
        { kind: "chart", file: "calibration.svg", words: ["w"] },
        { kind: "details", summary: ["s"], blocks: [{ kind: "paragraph", text: ["d"] }] },
      ],
    },
  ],
})}\n`;

const comment = reportComment(
  "churn",
  { run: { id: 12, attempt: 1 }, head: "a".repeat(40), inputs: "b".repeat(12) },
  "# r\n",
);
const asJson = (text: string) => JSON.stringify(parse(text));

const honestFiles = new Map(
  ["artifact/model.json", "features.json", "profile.json", "README.md"].map((path) => [path, stored(fileOf(path))]),
);

/** No model is stored beside the others; what is in a file does not matter here. */
function fileOf(path: string): string {
  return path.startsWith("artifact/") || path === "README.md" ? "candidates.json" : path;
}

const encoder = new TextEncoder();
const factsOf = (bytes: Uint8Array) => ({ sha256: sha256(bytes), bytes: bytes.byteLength });
const honestLineage = JSON.stringify({
  ...(JSON.parse(stored("lineage.json")) as object),
  files: Object.fromEntries([...honestFiles].map(([path, text]) => [path, factsOf(encoder.encode(text))])),
});

/** A version one of whose files is another one: it does not match its lineage, and is not what would be made again. */
function judgeFolder(path: string, found: Uint8Array): void {
  const changed = Uint8Array.from(found);
  const texts = new Map([...honestFiles, ["lineage.json", honestLineage]]);
  const before = new Map([...texts].map(([file, text]) => [file, encoder.encode(text)]));
  const after = new Map(before).set(path, changed);
  if (sha256(changed) === sha256(before.get(path)!)) return;
  refuse(compareFolders(before, after).length === 0, `another ${path}, as the same folder`);
  const { claims } = readClaims(decodeText(after.get("lineage.json")!));
  const tree = [...after].map(([file, bytes]) => ({ path: file, id: sha256(bytes), mode: "100644" }));
  const contents = new Map([...after].map(([file, bytes]) => [file, factsOf(bytes)]));
  const problem = claims && checkTree(tree, claims, (file) => contents.get(file.path)!);
  refuse(problem === null && claims !== null && path !== "lineage.json", `another ${path}, as what lineage.json says`);
}

/** Every stored format of which refit has a reader. */
export async function storedFormats(): Promise<readonly StoredFormat[]> {
  const lineage = parseLineage(stored("lineage.json"));
  const models = await Promise.all(
    (["gbdt", "linear"] as const).map(async (name) => {
      const tasks = ["binary", "multiclass", "regression"] as const;
      return { name, texts: await Promise.all(tasks.map((task) => modelText(name, task))) };
    }),
  );
  return [
    {
      name: "the ledger",
      lines: true,
      texts: [stored("ledger.jsonl")],
      use: textual((text) => {
        const lines = readLedgerLines("models/churn.jsonl", text);
        refuse(appendLedgerLines(text, lines, lines) !== text, "rows that change when nothing is added");
        decideWith(rowsOf(text), lineage);
        const window = { from: now - 1e9, to: now, rows: 10 };
        lookNumber(rowsOf(text), { inputDigest: "i", parent: null, window });
      }),
    },
    {
      name: "lineage.json",
      texts: [stored("lineage.json")],
      use: textual((text) => {
        const whole = parseLineage(text);
        const { claims } = readClaims(text);
        if (claims === null) return; // a version counts only where both readers take it
        // The schema library leaves this name out, which no version that refit wrote has.
        const names = [...claims.files.keys()].filter((name) => name !== "__proto__").sort();
        refuse(names.join("\n") !== Object.keys(whole.files).sort().join("\n"), "files that only one reader sees");
        refuse(claims.parent !== whole.parent || claims.inputDigest !== whole.inputDigest, "claims of only one reader");
        decideWith([], whole);
      }),
    },
    {
      name: "features.json",
      texts: [stored("features.json")],
      use: textual(async (text) => {
        const spec = parseFeatureSpec(text);
        const columns = new Map(columnsOf(spec.inputs).map((column) => [column.name, column]));
        await applyFeatures(spec, async (name) => columns.get(name) ?? null, Uint32Array.of(0, 1, 2));
      }),
    },
    {
      name: "profile.json",
      texts: [stored("profile.json")],
      use: textual((text) => {
        const profile = parseProfile(text);
        const honest = parseProfile(stored("profile.json"));
        measureDrift(profile, honest);
        measureDrift(honest, profile);
        mergeProfiles([profile, honest]);
      }),
    },
    {
      name: "metrics.json",
      texts: ['{"holdout":{"rocAuc":0.9,"logLoss":0.3}}\n'],
      use: (bytes) => {
        const numbers = Object.values(storedMetrics(bytes));
        refuse(!numbers.every((value) => typeof value === "number"), "a metric that is not a number");
      },
    },
    ...models.map(({ name, texts }) => ({
      name: `model.json of ${name}`,
      texts,
      async use(bytes: Uint8Array) {
        const predicted = (await learners[name].load(new Map([["model.json", bytes]]))).predict(matrix);
        refuse(!predicted.every((value) => Number.isFinite(value)), "a model whose predictions are not finite");
      },
    })),
    {
      name: "model.yaml",
      texts: [written("model.yaml"), asJson(written("model.yaml"))],
      use: textual((text) =>
        readModelSpec("models/m/model.yaml", text, installedLearners({ env: {}, onLine: () => {} }).installed),
      ),
    },
    {
      name: "a data manifest",
      texts: [written("data-manifest.yaml"), asJson(written("data-manifest.yaml"))],
      use: textual((text) => readDataManifest("data-manifests/d.yaml", text, [""])),
    },
    {
      name: "report.json",
      texts: [report],
      use: textual((text) => {
        const read = parseReport("report.json", text);
        if (read === null) return;
        markdownReport(read);
        terminalReport(read);
        chartFiles(read);
        fitReport(read, { limit: 2000, url: null, chartAt: (file) => file });
      }),
    },
    ...[...honestFiles.keys(), "lineage.json"].map((path) => ({
      name: `a version by its ${path}`,
      texts: [honestFiles.get(path) ?? honestLineage],
      use: (bytes: Uint8Array) => judgeFolder(path, bytes),
    })),
    { name: "candidates.json", texts: [stored("candidates.json")], use: textual(parseHandOver) },
    {
      name: "candidate.json",
      texts: ['{"format":1,"model":"churn","inputDigest":"i","parent":null,"candidate":2,"seconds":1.5}\n'],
      use: textual(parseTrainedCandidate),
    },
    {
      name: "a sealed cache",
      texts: [sealJson({ a: [1, 2, { b: null }], c: "d" })],
      use: textual((text) => {
        const opened = openSealedJson(text);
        refuse(opened !== null && sealJson(opened.value) !== text, "a cache that is not what was sealed");
      }),
    },
    {
      name: "a report comment",
      texts: [comment],
      use: textual((text) => {
        isMarked(text, reportMarker("churn"));
        const read = readComment(text);
        if (read !== null) refuse(isNewer(read.stamp.run, read.stamp.run), "a run that is newer than itself");
        readComment(withNote(withNote(text, "remark", "Newer data wait."), "outdated", null));
      }),
    },
    {
      name: "a Git LFS pointer",
      texts: [`version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 12345\n`],
      use: textual((text) => {
        const pointer = lfsPointer(text);
        if (pointer !== null) refuse(!Number.isSafeInteger(pointer.bytes), "a size that is not one");
      }),
    },
    { name: "a name of a model", texts: ["churn", "eu/churn"], use: textual((text) => championFolder(text, {})) },
    ...foreignAnswers(),
  ];
}
