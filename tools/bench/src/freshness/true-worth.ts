import { execFileSync } from "node:child_process";
import { parseFeatureSpec } from "@refit/core/history";
import { evaluateMetrics } from "@refit/core/judge";
import { applyFeatures, type Column } from "@refit/core/runtime";
import { learners } from "@refit/tabular";
import { instantOf, type StreamRow } from "./streams.ts";

const folder = "models/stream/champion";

/**
 * What every version that went live is worth where the truth stands still, oldest first.
 *
 * @param repository in which a policy was lived through.
 * @param rows of the same truth, which none of them has seen.
 * @returns ROC AUC of each.
 */
export async function trueWorth(repository: string, rows: readonly StreamRow[]): Promise<number[]> {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: repository, encoding: "utf8", maxBuffer: 2 ** 28 });
  const line = ["--first-parent", "--reverse", "--format=%H", "main", "--", folder];
  const worth: number[] = [];
  for (const commit of git("log", ...line)
    .split("\n")
    .filter(Boolean)) {
    const show = (file: string) => git("show", `${commit}:${folder}/${file}`);
    const spec = parseFeatureSpec(show("features.json"));
    const { learner } = JSON.parse(show("lineage.json")) as { learner: { name: keyof typeof learners } };
    const artifact = new Map([["model.json", Buffer.from(show("artifact/model.json"))]]);
    const columns = new Map(columnsOf(rows).map((column) => [column.name, column]));
    const features = await applyFeatures(
      spec,
      async (name) => columns.get(name) ?? null,
      Uint32Array.from(rows, (_, row) => row),
    );
    const predictions = (await learners[learner.name].load(artifact)).predict(features);
    const positive = spec.target.classes!.indexOf("yes");
    const target = Float64Array.from(rows, ({ answer }) => (answer ? positive : 1 - positive));
    const settings = { task: "binary", classes: 2, settings: {}, target, predictions } as const;
    worth.push(evaluateMetrics(["rocAuc"], settings)["rocAuc"]!);
  }
  return worth;
}

function columnsOf(rows: readonly StreamRow[]): Column[] {
  const regions = [...new Set(rows.map(({ region }) => region))];
  const numbers = rows[0]!.features.map((_, i): Column => ({
    kind: "number",
    name: `x${i + 1}`,
    type: "number",
    values: Float64Array.from(rows, ({ features }) => features[i]!),
  }));
  const codes = Int32Array.from(rows, ({ region }) => regions.indexOf(region));
  const at: Column = { kind: "number", name: "at", type: "datetime", values: Float64Array.from(rows, instantOf) };
  return [...numbers, at, { kind: "text", name: "region", type: "string", dictionary: regions, codes }];
}
