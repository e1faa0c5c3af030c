import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { outputPattern } from "@refit/core/history";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { commandDescriptor } from "../../../packages/core/src/learners/command-descriptor.ts";
import { onnxDescriptor } from "../../../packages/core/src/learners/onnx-descriptor.ts";
import { tfjsDescriptor } from "../../../packages/core/src/learners/tfjs-descriptor.ts";
import { commonOptions } from "../../../packages/refit/src/commands/help.ts";
import { commands } from "../../../packages/refit/src/commands/index.ts";
import { readLayoutSpec, readModelSpec } from "../../../packages/refit/src/specs/documents.ts";
import { descriptors } from "../../../packages/tabular/src/descriptors.ts";
import { holders, type Holder } from "../src/block-holders.ts";
import { codeBlocksIn, titleOf, typedLinesIn, type CodeBlock } from "../src/code-blocks.ts";
import { filesMatching, readText, root } from "../src/repository.ts";

const pages = filesMatching(/^(?:README|CONTRIBUTING|docs\/[^/]+|packages\/[^/]+\/README|examples\/.*\/README)\.md$/);
const learners = [...descriptors, commandDescriptor, onnxDescriptor, tfjsDescriptor];

/** A whole spec, into which a page's part of one is put. */
const around = {
  task: "binary",
  data: "churn",
  target: "left",
  time: "day",
  candidates: [{ learner: "gbdt" }],
  holdout: { days: 30 },
  metrics: { primary: "logLoss" },
  gates: [{ metric: "logLoss", maxRegression: 0.1 }],
};

/** @throws SpecInvalidError */
function checkSpec(text: string): void {
  const part = parse(text) as Record<string, unknown> | object[];
  const keys = Array.isArray(part) ? { candidates: part } : part;
  const own = "own" in keys ? (keys["own"] as object) : null;
  const metrics =
    own === null
      ? {}
      : { metrics: { primary: Object.keys(own)[0], own }, gates: [{ metric: Object.keys(own)[0], maxRegression: 1 }] };
  const { own: _own, ...others } = keys;
  readModelSpec("models/churn/model.yaml", stringify({ ...around, ...others, ...metrics }), learners);
}

/** Names of commands that a block starts. */
const startedBy = (block: CodeBlock): string[] =>
  typedLinesIn({ path: "", text: `\`\`\`sh\n${block.text}\`\`\`\n` }).map((line) => line.split(" ")[0]!);

/** What speaks against it, as sentences; empty: nothing. */
function problemsOf(page: string, block: CodeBlock, holder: Holder): readonly string[] {
  const attribute = `${outputPattern("churn", {})}/** -text -merge`;
  switch (holder.kind) {
    case "nothing":
      return [];
    case "attributes":
      return block.text.startsWith(`${attribute}\n`) ? [] : [`init writes ${attribute}`];
    case "spec":
      return thrown(() => checkSpec(block.text));
    case "layout":
      return thrown(() => readLayoutSpec(block.text));
    case "run":
    case "alike": {
      if (!existsSync(join(root, holder.file))) return [`there is no ${holder.file}`];
      const test = readText(holder.file);
      if (holder.kind === "run") return test.includes(basename(page)) ? [] : [`${holder.file} does not read the page`];
      const words = holder.words.length > 0 ? holder.words : startedBy(block);
      const missing = words.filter((word) => !test.includes(word) || !block.text.includes(word));
      return [
        ...(words.length === 0 ? ["no word says what is alike"] : []),
        ...missing.map((word) => `${word} is not in ${holder.file}`),
      ];
    }
  }
}

function thrown(act: () => unknown): readonly string[] {
  try {
    act();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

describe("the code blocks of the pages", () => {
  it.each(pages)("of $path are all listed, with what makes sure that they are true", (page) => {
    const blocks = codeBlocksIn(page);
    const listed = holders[page.path] ?? [];
    const titles = blocks.map((block, i) => {
      const title = titleOf(block);
      const [begin = ""] = listed[i] ?? [];
      return begin !== "" && title.startsWith(begin) ? begin : title;
    });

    expect(titles).toEqual(listed.map(([title]) => title));
    expect(
      blocks.flatMap((block, i) =>
        problemsOf(page.path, block, listed[i]![1]).map((found) => `${titles[i]}: ${found}`),
      ),
    ).toEqual([]);
  });

  it("name types of refit/json that there are, and so does the table of that README", () => {
    const exported = readText("packages/refit/src/commands/json.ts");
    const named = [...readText("packages/refit/README.md").matchAll(/^\| `(\w+)(?:\[\])?` \| `refit /gm)].map(
      ([, name]) => name!,
    );

    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !new RegExp(`\\b${name}(?:,| \\}| =)`).test(exported))).toEqual([]);
  });

  it("are of pages that exist", () => {
    expect(Object.keys(holders).filter((page) => pages.every(({ path }) => path !== page))).toEqual([]);
  });

  it.each<[what: string, text: string, holder: Holder, problems: number]>([
    ["a spec", "candidates: auto\n", { kind: "spec" }, 0],
    ["an unknown key", "candidatse: auto\n", { kind: "spec" }, 1],
    ["a layout", "models: [models/**]\n", { kind: "layout" }, 0],
    ["an older pattern", "models/*/champion/** -text -merge\n", { kind: "attributes" }, 1],
    ["a test that is gone", "refit run\n", { kind: "run", file: "gone.test.ts" }, 1],
    ["a test of something else", "refit run\n", { kind: "run", file: "tools/structure/test/release.test.ts" }, 1],
    ["other words", "refit demo\n", { kind: "alike", file: "tools/structure/test/release.test.ts", words: [] }, 1],
  ])("%s", (_what, text, holder, problems) => {
    expect(problemsOf("docs/page.md", { language: "", text }, holder)).toHaveLength(problems);
  });
});

describe("what the pages have people type", () => {
  it("can be read by the command, with every option", async () => {
    const everywhere = [...pages, ...filesMatching(/^(?:packages\/[^/]+|examples\/.*)\/README\.md$/)];
    const wrong = await Promise.all(
      everywhere.flatMap((page) => typedLinesIn(page).map((line) => problemIn(page.path, line))),
    );

    expect(wrong.flat()).toEqual([]);
  });

  it.each([
    ['```sh\nrefit run churn --force "more rows" && git merge refit--churn\n```\n', ['run churn --force "more rows"']],
    [
      "`refit backtest <model> [--policy FILE] [--search]` and `refit` alone",
      ["backtest X [--policy FILE] [--search]"],
    ],
    ["```sh\ncat x | refit predict churn - > y   # refit reads it\n```\n", ["predict churn -"]],
    ["```yaml\nrun: refit run\n```\n", []],
  ])("%s", (text, lines) => {
    expect(typedLinesIn({ path: "x.md", text })).toEqual(lines);
  });

  it.each([
    ["run churn --force x", 0],
    ["run churn --forse x", 1],
    ["run X… [--parallel N]", 0],
  ])("%s", async (line, problems) => {
    expect(await problemIn("x.md", line)).toHaveLength(problems);
  });
});

/** A command or an option that there is not. Words in brackets, and those that stand for something, are a usage. */
async function problemIn(path: string, line: string): Promise<readonly string[]> {
  const [name = "", ...more] =
    line
      .replaceAll(/[[\]]/g, "")
      .replaceAll("…", " x ")
      .match(/"[^"]*"|\S+/g) ?? [];
  const load = commands[name];
  if (load === undefined) return ["help", "complete", "version"].includes(name) ? [] : [`${path}: refit ${name}`];
  const { options } = await load();
  try {
    // An option at the end of a span, such as `--output`, is one without its value.
    const args = more.at(-1)?.startsWith("--") === true ? [...more, ...valueFor(more.at(-1)!, options)] : more;
    parseArgs({ args, options: { ...options, ...commonOptions }, allowPositionals: true, strict: true });
    return [];
  } catch (error) {
    return [`${path}: refit ${line}: ${(error as Error).message}`];
  }
}

const valueFor = (word: string, options: Awaited<ReturnType<(typeof commands)[string]>>["options"]): string[] =>
  options[word.slice(2)]?.type === "string" ? ["x"] : [];
