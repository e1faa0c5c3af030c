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

interface Job {
  readonly if?: unknown;
  readonly needs?: unknown;
  readonly strategy?: unknown;
  readonly permissions: object;
  readonly outputs?: object;
  readonly steps: readonly Step[];
}

type Jobs = Readonly<Record<string, Job>>;

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
  const request = {
    action: "OWNER/refit@v1",
    baseBranch: "main",
    dataPaths: ["data/**"],
    packageManager: "npm" as const,
    attests: false,
    name: "energy",
  };

  it("is the one that init writes", () => {
    const [text] = workflowFiles({ ...request, kind: "simple" }).values();

    expect(docs).toContain(`\`\`\`yaml\n${text}\`\`\``);
  });

  it.each([
    ["hardened", "train"],
    ["hardened", "propose"],
    ["candidates", "plan"],
    ["candidates", "train"],
    ["candidates", "choose"],
  ])("shows of the %s one the job %s with its permissions and inputs", (kind, name) => {
    const [text = ""] = workflowFiles({ ...request, kind }).values();
    const begin = kind === "hardened" ? "train" : "plan";
    const block = docs.match(new RegExp(`\`\`\`yaml\n(${begin}:[\\s\\S]*?)\`\`\``))![1]!;
    const [shown, real] = [parse(block) as Jobs, (parse(text) as { jobs: Jobs }).jobs].map((jobs) => jobs[name]!);
    const keys = ["command", "models", "candidates", "path", "name", "pattern", "merge-multiple"];
    const brief = (step: Step) => [step.uses, ...keys.map((key) => step.with?.[key])];

    expect([shown!.if, shown!.needs, shown!.strategy]).toEqual(
      name === "train" && kind === "hardened"
        ? [undefined, undefined, undefined]
        : [real!.if, real!.needs, real!.strategy],
    );
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
