import { UsageError } from "@refit/core/errors";
import { checksumLine } from "../versions/checksum-line.ts";
import { findVersion } from "../versions/find-version.ts";
import { readModelHistory } from "../versions/model-history.ts";
import type { Ports } from "../ports/index.ts";
import { readLineage } from "../versions/read-lineage.ts";
import { readWhole } from "../versions/read-whole.ts";
import { sha256 } from "../sha256.ts";
import { learnedUntil } from "@refit/core/history";
import { columns, day, formatNumber, learnedWords, quoteForTerminal } from "@refit/core/report";
import type { Flags } from "./command.ts";

export const usage = "refit show <model>[@vN|@TREE] [--checksums | --json]";
export const summary = "Show one version: metrics, holdout, data, learner and its place in history.";
export const options = { checksums: { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  checksums:
    "check the version and print only the sha256 of each file, as `sha256sum --check` and GitHub's attestations take it",
  json: "print lineage and metrics as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) throw new UsageError("show needs one model, such as churn@v3.", usage);
  const [model, wanted] = word.split("@") as [string, string | undefined];
  const repository = await ports.git.locate();
  if (flags.checksums === true) {
    if (flags.json === true) throw new UsageError("show prints checksums or JSON, not both.", usage);
    const { files } = await readWhole(ports, repository, model, wanted);
    for (const [file, bytes] of files) ports.out.print(checksumLine(file, sha256(bytes)));
    return 0;
  }
  const { history, metrics } = await readModelHistory(ports, repository, model);
  const version = findVersion(model, history, wanted);
  const lineage = await readLineage(ports, repository, `${version.treeId}:lineage.json`);
  const values = metrics.get(version.treeId) ?? {};
  if (flags.json === true) {
    ports.out.print(JSON.stringify({ model, version, metrics: values, lineage }, null, 2));
    return 0;
  }
  const live = history.champion?.treeId === version.treeId;
  ports.out.print(`${model} v${version.number}${live ? " (champion)" : ""}`);
  if (version.broken !== null) ports.out.print(`broken: ${version.broken}`);
  const facts: string[][] = [
    ["commit", `${version.sha.slice(0, 12)} of ${day(version.committedAt)} by ${quoteForTerminal(version.author)}`],
    ["tree", version.treeId],
    ...Object.entries(values).map(([name, value]) => [name, formatNumber(value)]),
  ];
  if (lineage !== null) {
    const { holdout, data, learner } = lineage;
    const span = holdout.from === null ? "" : `, ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`;
    const learned = learnedWords({ until: learnedUntil(lineage), isDeclared: lineage.declared !== undefined });
    const rows = data.files.reduce((sum, file) => sum + file.rows, 0);
    facts.push(
      ["learner", `${learner.name} ${JSON.stringify(learner.settings)}`],
      ...(learned === null ? [] : [["learned", learned.replace(/^learned /, "")]]),
      ["holdout", `${holdout.rows} rows${span}`],
      ["data", `${rows} rows in ${data.files.length} files of ${data.dataset}`],
      ["parent", lineage.parent ?? "none (first model)"],
      ["inputs", lineage.inputDigest],
    );
  }
  for (const line of columns(facts)) ports.out.print(`  ${line}`);
  return 0;
}
