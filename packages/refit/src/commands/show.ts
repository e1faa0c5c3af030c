import { docsPage, UsageError } from "@refit/core/errors";
import { checksumLine } from "../versions/checksum-line.ts";
import type { Ports } from "../ports/index.ts";
import { sha256 } from "../sha256.ts";
import type { VersionOnShow } from "../runs/show/show-version.ts";
import { learnedUntil, type Lineage } from "@refit/core/history";
import { columns, counted, day, formatNumber, learnedWords, quoteForTerminal } from "@refit/core/report";
import type { Flags } from "./command.ts";

export const usage = "refit show <model>[@vN|@TREE] [--checksums | --bom | --predicate | --json]";
export const summary = "Show one version: metrics, holdout, data, learner and its place in history.";
export const examples = [
  ["refit show churn", "the live version"],
  ["refit show churn@v2 --json", "where everything of a version is, for programs"],
] as const;
export const options = {
  checksums: { type: "boolean" },
  bom: { type: "boolean" },
  predicate: { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  checksums:
    "check the version and print only the sha256 of each file, in the format of `sha256sum --check` and of GitHub's attestations",
  bom: "check the version and print only what it is made of, as CycloneDX 1.7 (ML-BOM): files, data, learner and model card, with digests",
  predicate: "check the version and print only how it was judged, as the predicate of an attestation",
  json: "print the version, where everything of it is, and how to use it, as JSON (`refit schema shown-version`)",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) throw new UsageError("show needs one model, such as churn@v3.", usage);
  const [model, wanted] = word.split("@") as [string, string | undefined];
  const asked = forms.filter((form) => flags[form] === true);
  if (asked.length > 1) throw new UsageError(`show prints one of --${asked.join(" and --")}, not both.`, usage);
  if (asked[0] !== undefined && asked[0] !== "json") return printWhole(ports, { model, wanted, as: asked[0] });
  const { showVersion } = await import("../runs/show/show-version.ts");
  const shown = await showVersion(ports, model, wanted);
  if (flags.json === true) ports.out.print(JSON.stringify(shown, null, 2));
  else for (const line of lines(shown)) ports.out.print(line);
  return 0;
}

/** At most one of them. */
const forms = ["checksums", "bom", "predicate", "json"] as const;

/** Every digest is checked first. */
async function printWhole(
  ports: Ports,
  { model, wanted, as }: { model: string; wanted: string | undefined; as: "checksums" | "bom" | "predicate" },
): Promise<number> {
  const { readDescribed } = await import("../versions/read-described.ts");
  const version = await readDescribed(ports, await ports.git.locate(), model, wanted);
  if (as === "checksums") {
    for (const [file, bytes] of version.files) ports.out.print(checksumLine(file, sha256(bytes)));
    return 0;
  }
  const { billOfMaterials } = await import("../runs/show/bill-of-materials.ts");
  const { evaluationPredicate } = await import("../runs/show/evaluation-predicate.ts");
  ports.out.print(as === "bom" ? billOfMaterials(version) : evaluationPredicate(version));
  return 0;
}

function lines({ model, live, version, metrics, lineage, places, use }: VersionOnShow): string[] {
  const { commit, tree, pullRequest, report } = places;
  const facts: string[][] = [
    ["commit", `${commit.id.slice(0, 12)} of ${day(version.committedAt)} by ${quoteForTerminal(version.author)}`],
    ["tree", tree.id],
    ...(pullRequest === null ? [] : [["pull request", pullRequest]]),
    ...(report === null ? [] : [["report", report.url ?? `refit report ${model}@v${version.number}`]]),
    ...Object.entries(metrics).map(([name, value]) => [name, formatNumber(value)]),
    ...(lineage === null ? [] : factsOf(lineage)),
  ];
  return [
    `${model} v${version.number}${live ? " (champion)" : ""}`,
    ...(version.broken === null ? [] : [`broken: ${version.broken}`]),
    ...columns(facts).map((line) => `  ${line}`),
    ...(use.length === 0 ? [] : [`Use it (${docsPage("use-a-model.md")}):`]),
    ...columns(use.map(({ from, how }) => [callers[from], how])).map((line) => `  ${line}`),
  ];
}

const callers: Readonly<Record<VersionOnShow["use"][number]["from"], string>> = {
  files: "rows of files",
  node: "Node.js",
  python: "Python",
  http: "HTTP",
};

function factsOf(lineage: Lineage): string[][] {
  const { holdout, data, learner } = lineage;
  const span = holdout.from === null ? "" : `, ${holdout.from.slice(0, 10)} to ${holdout.to?.slice(0, 10)}`;
  const learned = learnedWords({ until: learnedUntil(lineage), isDeclared: lineage.declared !== undefined });
  const rows = data.files.reduce((sum, file) => sum + file.rows, 0);
  return [
    ["learner", `${learner.name} ${JSON.stringify(learner.settings)}`],
    ...(learned === null ? [] : [["learned", learned.replace(/^learned /, "")]]),
    ["holdout", `${holdout.rows} rows${span}`],
    ["data", `${counted(rows, "row")} in ${counted(data.files.length, "file")} of ${data.dataset}`],
    ["parent", lineage.parent ?? "none (first model)"],
    ["inputs", lineage.inputDigest],
  ];
}
