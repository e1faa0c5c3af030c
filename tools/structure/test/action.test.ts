import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { workflowFiles } from "../../../packages/refit/src/adapters/forges/github/pipelines/workflows.ts";
import { filesMatching, root } from "../src/repository.ts";

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

interface Step {
  readonly uses: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

type Jobs = Readonly<Record<string, { permissions: object; outputs?: object; steps: readonly Step[] }>>;

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as ActionFile;
const docs = readFileSync(join(root, "docs/github-action.md"), "utf8");

/** First cells of the rows of a section's table, without backticks; with `defaults`, the second ones as well. */
function rows(heading: string): string[][] {
  const section = docs.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const lines = section.split("\n").filter((line) => line.startsWith("| `"));
  return lines.map((line) => line.split("|").map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")));
}

describe("docs/github-action.md", () => {
  it("lists the inputs of action.yml with their defaults", () => {
    expect(rows("Inputs").map(([, name, value]) => [name, value])).toEqual(
      Object.entries(action.inputs).map(([name, { default: value }]) => [name, value]),
    );
  });

  it("lists the outputs of action.yml", () => {
    expect(rows("Outputs").map(([, name]) => name)).toEqual(Object.keys(action.outputs));
  });
});

describe("the workflow on that page", () => {
  const request = { action: "OWNER/refit@v1", baseBranch: "main", dataPaths: ["data/**"], name: "energy" };

  it("is the one that init writes", () => {
    const [text] = workflowFiles({ ...request, kind: "simple" }).values();

    expect(docs).toContain(`\`\`\`yaml\n${text}\`\`\``);
  });

  it.each(["train", "propose"])("shows the job %s with the permissions and inputs of the hardened one", (name) => {
    const [text = ""] = workflowFiles({ ...request, kind: "hardened" }).values();
    const block = docs.match(/```yaml\n(train:[\s\S]*?)```/)![1]!;
    const [shown, real] = [parse(block) as Jobs, (parse(text) as { jobs: Jobs }).jobs].map((jobs) => jobs[name]!);
    const brief = (step: Step) => [step.uses, step.with?.["command"], step.with?.["candidates"], step.with?.["path"]];

    expect(shown!.permissions).toEqual(real!.permissions);
    expect(shown!.outputs).toEqual(real!.outputs);
    expect(shown!.steps.map(brief)).toEqual(real!.steps.slice(1).map(brief));
  });
});

describe("troubleshooting", () => {
  const section = docs.split("\n## Troubleshooting, by message\n")[1]!.split("\n## ")[0]!;
  const messages = [...section.matchAll(/^\| (?:`` (.*?) ``|`(.*?)`)/gm)].map(([, a, b]) => a ?? b!);
  const code = filesMatching(/^packages\/[^/]+\/src\/(?!.*\.test\.ts$).*\.ts$/)
    .map(({ text }) => text.replaceAll("\\`", "`"))
    .join("\n");

  it("names messages that refit really says", () => {
    const pieces = messages.flatMap((message) => message.split("…").map((piece) => piece.trim()));

    expect(messages.length).toBeGreaterThan(8);
    expect(pieces.filter((piece) => !code.includes(piece))).toEqual([]);
  });
});

describe("action.yml", () => {
  it("has at most eight inputs, each with a default, so that `uses:` alone is enough", () => {
    expect(Object.keys(action.inputs).length).toBeLessThanOrEqual(8);
    expect(Object.values(action.inputs).every((input) => typeof input.default === "string")).toBe(true);
  });

  it("starts what is committed", () => {
    expect(readFileSync(join(root, action.runs.main), "utf8").length).toBeGreaterThan(1000);
  });
});
