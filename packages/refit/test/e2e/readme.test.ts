import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryRepository } from "@refit/testkit";
import { expect, it } from "vitest";
import { generator } from "./support/churn.ts";
import { refitBin } from "./support/cli.ts";

const readme = await readFile(new URL("../../../../README.md", import.meta.url), "utf8");

/** Shell blocks of one section of the page. */
function blocksOf(heading: string): string[] {
  const section = readme.split(`\n## ${heading}\n`)[1]!.split("\n## ")[0]!;
  return [...section.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, code]) => code!);
}

/** Customers of one year, and whether they left. */
function customers(year: number, rows: number): string[] {
  const random = generator(year);
  return Array.from({ length: rows }, (_, i) => {
    const day = new Date(Date.UTC(year, 0, 1) + Math.floor((i / rows) * 360) * 86_400_000).toISOString().slice(0, 10);
    const complaints = Math.floor(random() * 5);
    const hours = (random() * 30).toFixed(1);
    return `${day},${hours},${complaints},${random() < 0.1 + 0.18 * complaints ? "yes" : "no"}`;
  });
}

const header = "signup_date,hours,complaints,churned";

it("README.md can be typed as it stands, from a CSV file to a rollback", { timeout: 300_000 }, async () => {
  const { root, env } = await temporaryRepository();
  const bin = path.join(root, "../bin");
  await mkdir(bin);
  await writeFile(path.join(bin, "refit"), `#!/bin/sh\nexec "${process.execPath}" "${refitBin}" "$@"\n`);
  await chmod(path.join(bin, "refit"), 0o755);
  const place = { cwd: root, env: { ...env, PATH: `${bin}:${env["PATH"]}` } };
  const type = async (code: string) => (await promisify(execFile)("bash", ["-ec", code], place)).stdout;
  const [begin, decide, later] = blocksOf("Your own data: two commands");
  const [predict] = blocksOf("Use the model");
  await writeFile(path.join(root, "churn.csv"), `${[header, ...customers(2024, 900)].join("\n")}\n`);

  expect(await type(begin!)).toContain("churn: proposed");
  expect(await type(decide!)).toContain("models/churn/champion/lineage.json");
  await writeFile(
    path.join(root, "churn.csv"),
    `${[header, ...customers(2024, 900), ...customers(2025, 900)].join("\n")}\n`,
  );
  await type(
    'git commit --quiet --all --message "More rows" && refit run churn --force "more rows" && git merge refit--churn',
  );
  const said = await type(later!);
  await writeFile(
    path.join(root, "new-customers.csv"),
    "signup_date,hours,complaints\n2026-01-02,3.5,4\n2026-01-03,20.1,0\n",
  );
  await type(predict!);

  expect(said).toMatch(/churn +live +v2 [^]*^v1 .*promotion[^]*^v2 .*promotion[^]*v1[^]*refit-rollback--churn/m);
  expect((await readFile(path.join(root, "predictions.csv"), "utf8")).trim().split("\n")).toHaveLength(3);
});
