import { generateKeyPairSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { answerProblem } from "@refit/testkit/answers";
import { describe, expect, it } from "vitest";
import { answerSchemas } from "@refit/core/answers";
import { commands } from "../../src/commands/index.ts";
import { refitProcess } from "./support/cli.ts";
import { askedRows, logAnswers, servedVersion } from "./support/logged.ts";
import { churnScene, championScene, month, type Scene } from "./support/scene.ts";
import { exampleScene } from "./support/shop.ts";

const schemaFile = (name: string) => new URL(`../../../core/schemas/${name}.schema.json`, import.meta.url);

/** A time is ISO 8601 in UTC; a number that could be one is none. */
function oddTimes(value: unknown, path = "$"): string[] {
  if (typeof value === "number") return value > 1e11 && value < 1e13 ? [`${path}: ${value}`] : [];
  if (typeof value === "string")
    return /^\d{4}-\d\d-\d\dT/.test(value) && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)
      ? [`${path}: ${value}`]
      : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => oddTimes(each, `${path}.${key}`));
}

/** `refit log --json` before `refit log forget --json`. */
function schemaOf(command: string): string | undefined {
  const own = answerSchemas.find(({ title }) => title === `refit ${command} --json`);
  return (own ?? answerSchemas.find(({ title }) => title.startsWith(`refit ${command} `)))?.name;
}

const checked = new Set<string>();

/** What the built command prints has to be what its schema says, and nothing besides. */
async function expectAnswer(scene: Scene, name: string, words: readonly string[], exitCode = 0): Promise<void> {
  const schemaName = schemaOf(words[0]!);
  const ended = await refitProcess(scene.repository, [...words, "--json", "--now", scene.now()]);
  const told = JSON.parse(ended.stdout) as unknown;
  const schema = JSON.parse(await readFile(schemaFile(name), "utf8")) as unknown;

  expect({ words, problem: answerProblem(schema, told) }).toEqual({ words, problem: null });
  expect({ words, odd: oddTimes(told) }).toEqual({ words, odd: [] });
  expect({ words, exitCode: ended.exitCode, stderr: ended.stderr }).toMatchObject({ words, exitCode });
  if (name !== "error") expect(name).toBe(schemaName);
  checked.add(name);
}

function scores(): string {
  const lines = [1, 2].flatMap((number) => Object.values(month(number))[0]!.trim().split("\n").slice(1));
  return `customer,prediction\n${lines.map((line, i) => `${line.split(",")[0]},0.${(i % 8) + 1}`).join("\n")}\n`;
}

describe("what the built command prints with --json is what its schema says", () => {
  it("of a repository without a model, and of errors", async () => {
    const scene = await churnScene({ remote: false, spec: { key: "customer" } });
    await scene.write(".git/scores.csv", scores());

    await expectAnswer(scene, "error", ["log"], 2);
    await expectAnswer(scene, "error", ["show", "nobody"], 2);
    await expectAnswer(scene, "run", ["run", "--dry-run"]);
    await expectAnswer(scene, "plan", ["plan", "--by", "candidate"]);
    await expectAnswer(scene, "check", ["check", "churn"]);
    await expectAnswer(scene, "check", ["check"]);
    await expectAnswer(scene, "init", ["init", "--example", "--dry-run"]);
    await expectAnswer(scene, "import", ["import", "churn", "--predictions", ".git/scores.csv", "--dry-run"]);
    await expectAnswer(scene, "train", ["train", "--out", ".git/all"]);
    await expectAnswer(scene, "train", [
      "train",
      "churn",
      "--candidate",
      "1",
      "--candidate",
      "2",
      "--out",
      ".git/each",
    ]);
    await expectAnswer(scene, "choose", ["choose", "--candidates", ".git/each", "--out", ".git/chosen"]);
    await expectAnswer(scene, "schema", ["schema"]);
    await expectAnswer(scene, "explain", ["explain"]);
    await expectAnswer(scene, "cache", ["cache", "prune"]);
  });

  it("of a model that is live, refused, rolled back and declined", async () => {
    const scene = await championScene({ remote: false });
    scene.at("2026-06-03T06:00:00Z");
    await expectAnswer(scene, "promote", ["promote"]);
    await expectAnswer(scene, "run", ["run", "churn"]);
    await expectAnswer(scene, "shown-version", ["show", "churn"]);
    await expectAnswer(scene, "probes", ["probes"]);
    await expectAnswer(scene, "verify", ["verify"]);
    await expectAnswer(scene, "reproduce", ["reproduce", "churn"]);
    await expectAnswer(scene, "export", ["export", "churn", "--to", "onnx", "--output", ".git/onnx"]);
    await expectAnswer(scene, "predict", [
      "predict",
      "churn",
      Object.keys(month(1))[0]!,
      "--output",
      ".git/predicted.csv",
    ]);
    await scene.land(month(3));
    await expectAnswer(scene, "drift", ["drift", "churn", "--classifier"]);
    await expectAnswer(scene, "monitor", ["monitor", "churn"]);
    await expectAnswer(scene, "affected", ["affected", "--base", "HEAD~1"]);
    await expectAnswer(scene, "run", ["run", "churn", "--force", "new season"]);
    await expectAnswer(scene, "report", ["report", "churn", "--last"]);
    await expectAnswer(scene, "diff", ["diff", "churn"]);
    await logAnswers(scene, await servedVersion(scene, "main"), askedRows(120), { folder: ".git/asked" });
    await expectAnswer(scene, "shadow", ["shadow", "churn", "--log", ".git/asked"]);
    await expectAnswer(scene, "evidence", ["evidence", "churn"]);
    await expectAnswer(scene, "reject", ["reject", "churn"]);
    await expectAnswer(scene, "run", ["run", "churn"]);
    await scene.land({ "data/churn/2026-04.csv": "" });
    scene.at("2026-06-09T06:00:00Z");
    await expectAnswer(scene, "run", ["run", "churn"], 3);
    await expectAnswer(scene, "accept", ["accept", "churn", "unit-change", "complaints", "--reason", "x", "--dry-run"]);
    await expectAnswer(scene, "status", ["status"]);
    await expectAnswer(scene, "log", ["log", "churn"]);
    await expectAnswer(scene, "history", ["history"]);
    await expectAnswer(scene, "doctor", ["doctor"], 2); // the alert is open
    await expectAnswer(scene, "dashboard", ["dashboard"]);
    await expectAnswer(scene, "dashboard", ["dashboard", "--dry-run"]);
    await expectAnswer(scene, "site", ["site", "--output", ".git/site"]);
  });

  it("of a rollback, a signature, a replay and a view", async () => {
    const scene = await championScene({ remote: false });
    await scene.land(month(3));
    scene.at("2026-06-09T06:00:00Z");
    await scene.run({ force: "new season" });
    await scene.merge();
    await expectAnswer(scene, "rollback", ["rollback", "churn"]);
    await expectAnswer(scene, "log", ["log", "churn"]);
    await expectAnswer(scene, "diff", ["diff", "churn", "v1", "v2"]);
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    await scene.write(".git/key.pem", privateKey.export({ type: "pkcs8", format: "pem" }));
    await scene.write(".git/key.pub", publicKey.export({ type: "spki", format: "pem" }));
    const signature = ["--output", ".git/churn.sig"];
    await expectAnswer(scene, "sign", ["sign", "churn", "--key", ".git/key.pem", ...signature]);
    await expectAnswer(scene, "verify-signature", [
      "verify-signature",
      "churn",
      "--key",
      ".git/key.pub",
      "--signature",
      ".git/churn.sig",
    ]);
    await expectAnswer(scene, "backtest", ["backtest", "churn", "--from", "2026-02-15", "--every", "7"]);
    await expectAnswer(await exampleScene(), "materialized", ["features", "materialize", "customer_months"]);
  });

  it("of a canary", async () => {
    const scene = await championScene({ remote: false, spec: { canary: {} } });
    await expectAnswer(scene, "canary", ["canary"]);
    await expectAnswer(scene, "error", ["canary", "churn", "--stop"], 2);
    await scene.land(month(3));
    scene.at("2026-06-09T06:00:00Z");
    await expectAnswer(scene, "run", ["run", "churn"]);
    await expectAnswer(scene, "verify", ["verify"]);
    await scene.merge();
    await expectAnswer(scene, "run", ["run", "churn"]);
    await expectAnswer(scene, "canary", ["canary", "churn", "--step"]);
    await expectAnswer(scene, "error", ["canary", "churn", "--promote"], 2);
    await scene.land({ "models/churn/rollout.yaml": "percent: 7\n" });
    scene.at("2026-06-09T08:00:00Z");
    for (const name of ["status", "log", "canary"])
      await expectAnswer(scene, name, [name, ...(name === "status" ? [] : ["churn"])]);
    await expectAnswer(scene, "run", ["run", "churn"]);
  });

  it("of every command that has --json; `serve`, which does not end, and `demo`, which takes long, in tests of their own", async () => {
    const all = Object.entries(commands).map(async ([name, load]) => ("json" in (await load()).options ? [name] : []));
    const names = (await Promise.all(all)).flat();

    expect(names.filter((name) => schemaOf(name) === undefined)).toEqual([]);
    expect(names.map(schemaOf).filter((name) => name !== "serve" && name !== "demo" && !checked.has(name!))).toEqual(
      [],
    );
    expect(checked).toContain("error");
  });
});
