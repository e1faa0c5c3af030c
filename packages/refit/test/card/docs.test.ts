import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { EVALUATION_TYPE } from "@refit/core/report";
import { expect, it } from "vitest";
import { workflowFiles } from "../../src/adapters/forges/github/pipelines/workflows.ts";
import { commands } from "../../src/commands/index.ts";
import { championScene, month } from "../e2e/support/scene.ts";

const docs = (file: string) => readFile(new URL(`../../../../docs/${file}`, import.meta.url), "utf8");

it("docs/use-a-model.md has commands and SQL that run, for whoever comes there first", async () => {
  const page = await docs("use-a-model.md");
  const scene = await championScene();
  await scene.write("new-rows.csv", Object.values(month(3, 40))[0]!);
  const lines = [...page.matchAll(/^\| .*?`refit (\w+) ([^`]+)`/gm)].map(([, name, words]) => ({
    name: name!,
    words: words!,
  }));
  expect(lines.map(({ name }) => name)).toEqual(["predict", "export", "serve"]);

  // That of `serve` is run by the test of the card.
  for (const { name, words } of lines.slice(0, 2)) {
    const { options } = await commands[name]!();
    const { values, positionals } = parseArgs({ args: words.split(" "), options, allowPositionals: true });
    await scene.refit(name, positionals, values);
  }
  const [, query] = /```sql\n([^]*?)\n```/.exec(page)!;
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const file = path.join(scene.root, "predictions.parquet");
  const read = await connection.runAndReadAll(query!.replace("predictions.parquet", file));
  const rows = read.getRowObjects();
  connection.closeSync();

  expect(rows.reduce((sum, row) => sum + Number(row["rows"]), 0)).toBe(40);
});

it("docs/sign-a-model.md shows the steps that init --attest writes", async () => {
  const page = await docs("sign-a-model.md");
  const request = {
    action: "OWNER/refit@v1",
    baseBranch: "main",
    dataPaths: [],
    packageManager: "npm" as const,
    name: "churn",
    kind: "hardened",
  };
  const [workflow = ""] = workflowFiles({ ...request, attests: true }).values();
  const [, steps] = /^```yaml\n(- run: \|\n[^]*?)^```/m.exec(page)!;

  for (const line of steps!.trim().split("\n")) expect(workflow).toContain(line.trim());
  expect(page).toContain(`predicate-type: ${EVALUATION_TYPE}`);
  expect(page).toContain(`### ${EVALUATION_TYPE.split("#")[1]!.replace(/^e/, "E").replace("-", " ")}\n`);
});
