import type { VersionEvidence } from "./evidence-schema.ts";
import { measuredRowsWords } from "./measured-words.ts";
import { counted } from "./number-text.ts";
import { keepAlways, paragraph, tableOf, type Report, type Section } from "./section.ts";
import { code, data, say, sentenceOf, strong, type Text } from "./text.ts";

/** Parts of the report that people saw which stand here as they were. */
const takenOver: readonly string[] = ["comparison", "gates", "slices", "fairness", "calibration"];

/** What is known of a version from history, ledger, tree and forge, for whoever has to account for it. */
export function evidenceReport(evidence: VersionEvidence): Report {
  const { model, version, treeId, live, daysLive, unknown } = evidence;
  const isLive = live.at(-1)?.to === null;
  const report = evidence.report as unknown as Report | null;
  return {
    format: 1,
    model,
    headline: {
      verdict: say`${strong(model)} v${version}, tree ${code(treeId)}.`,
      number: say`${isLive ? "Live" : "Not live"} on ${evidence.writtenAt.slice(0, 10)}; live for ${daysLive.toFixed(1)} days in all.`,
      reason: null,
      objections: unknown.map((sentence) => [sentenceOf(sentence)]),
    },
    sections: [
      approvalSection(evidence),
      changeSection(evidence),
      ...(report?.sections ?? []).filter(({ id }) => takenOver.includes(id)),
      dataFileSection(evidence),
      lineageSection(evidence),
      listSection("retention", "What is kept, and where", evidence.retention),
    ],
  };
}

function approvalSection({ approvals, promoted, verdict }: VersionEvidence): Section {
  const who =
    approvals === null
      ? say`Who has approved it is not known; see above.`
      : approvals.by.length === 0
        ? say`Nobody's approval of ${code(approvals.commit.slice(0, 12))} counts (${data(approvals.pullRequest)}).`
        : say`${code(approvals.commit.slice(0, 12))} was approved by ${data(approvals.by.join(", "))} (${data(approvals.pullRequest)}).`;
  const items: Text[] = [
    who,
    ...(approvals?.notes ?? []).map((note): Text => [sentenceOf(note)]),
    say`It came to the base branch on ${promoted.at.slice(0, 10)} with ${code(promoted.commit.slice(0, 12))} by ${data(promoted.author)}: ${data(promoted.subject)}.`,
    ...(verdict === null ? [] : [say`The gates said ${code(verdict)}.`]),
    ...promoted.trailers.map(({ name, value }) => say`${data(name)}: ${data(value)}`),
  ];
  return { id: "approvals", title: "Who approved what", body: [{ kind: "list", items }], keep: keepAlways };
}

function changeSection({ parent, changes, live }: VersionEvidence): Section {
  const times = live.map(({ from, to }) => say`Live from ${from} ${to === null ? "on" : `to ${to}`}.`);
  const against = parent === null ? say`There is no parent to compare with.` : say`Compared with v${parent}:`;
  return {
    id: "changes",
    title: "What changed, and when it was live",
    body: [
      paragraph(against),
      { kind: "list", items: [...changes.map((clause): Text => [sentenceOf(clause)]), ...times] },
    ],
    keep: keepAlways,
  };
}

function dataFileSection({ data: files }: VersionEvidence): Section {
  const rows = files.map(({ table, path, sha256, bytes, rows: count, isNew }) => [
    [data(path)],
    table === null ? "" : [data(table)],
    String(count),
    String(bytes),
    [code(sha256)],
    isNew === null ? "" : isNew ? "new" : "as before",
  ]);
  return {
    id: "data",
    title: `Data: ${counted(files.length, "file")}`,
    body: [tableOf(["file", "table", "rows", "bytes", "sha256", "since the parent"], rows)],
    keep: keepAlways,
  };
}

function lineageSection({ lineage }: VersionEvidence): Section {
  const { holdoutRows: rows, holdoutFrom: from, holdoutTo: to, reproducible, trainedUntil } = lineage;
  const facts: readonly (readonly [string, Text])[] = [
    ["judged on", [measuredRowsWords({ rows, from, to })]],
    ["learned until", [trainedUntil ?? "not known"]],
    ["learner", say`${data(lineage.learner)}, algorithm ${lineage.algorithmVersion}, seed ${lineage.seed}`],
    ["made again", [reproducible ? "gives the same bytes" : "may give another model"]],
    ["anchor", lineage.anchor === null ? ["this version"] : [code(lineage.anchor)]],
    ["inputs", [code(lineage.inputDigest)]],
    ["settings", [code(lineage.spec)]],
    ["data manifest", [code(lineage.manifest)]],
    ["code", lineage.code === null ? ["none"] : [code(lineage.code)]],
  ];
  return { id: "lineage", title: "Lineage", body: [tableOf(["fact", "value"], facts)], keep: keepAlways };
}

function listSection(id: "retention", title: string, sentences: readonly string[]): Section {
  const items = sentences.map((sentence): Text => [sentenceOf(sentence)]);
  return { id, title, body: [{ kind: "list", items }], keep: keepAlways };
}
