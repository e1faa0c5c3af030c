import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { lintWorkflow, workflowHabits } from "@refit/testkit";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { filesMatching, root } from "../src/repository.ts";

const workflows = filesMatching(/^\.github\/workflows\/.*\.yml$/);

describe("the workflows of this repository", () => {
  it.each(workflows)("$path passes actionlint and keeps our habits", async ({ path, text }) => {
    expect(await lintWorkflow(text, path)).toEqual([]);
    expect(workflowHabits(text)).toEqual([]);
  });

  it("are seen when they are wrong", async () => {
    const text = [
      "on: { schedule: [{ cron: '0 3 * * *' }], pull_request_target: {} }",
      "jobs: { a: { runs-on: ubuntu-latest, needs: b, permissions: write-all, steps: [{ uses: actions/checkout@main }, { uses: ./ }, { run: 'echo ${{ github.head_ref }}' }] } }",
      "",
    ].join("\n");

    expect((await lintWorkflow(text, "x.yml")).join("\n")).toMatch(/needs job "b"/);
    expect(workflowHabits(text)).toEqual([
      "pull_request_target is used",
      "a cron fires at a full hour",
      "job a: no concurrency group",
      "job a: permissions are not named one by one",
      "job a: actions/checkout leaves the token in the workspace",
      "actions/checkout@main is not pinned to a major version",
      "job a: an expression inside of `run`; hand it over by `env`",
      "job a: refit without `fetch-depth: 0`",
    ]);
  });
});

describe("action.yml", () => {
  it("is what GitHub's own language service accepts", { timeout: 60_000 }, async () => {
    const problems = await problemsOf(readFileSync(join(root, "action.yml"), "utf8"));

    expect(problems).toEqual([]);
  });

  it("is not accepted with an unknown runtime", { timeout: 60_000 }, async () => {
    const text = readFileSync(join(root, "action.yml"), "utf8").replace("using: node24", "using: node99");

    expect(await problemsOf(text)).not.toEqual([]);
  });
});

interface LanguageService {
  validateAction(document: unknown): Promise<readonly { readonly message: string }[]>;
  TextDocument: { create(uri: string, language: string, version: number, text: string): unknown };
}

let uses = 0;

/** The service imports JSON as Node refuses to, so it is bundled first. It remembers documents by address. */
async function problemsOf(text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "refit-service-"));
  try {
    const outfile = join(folder, "service.mjs");
    await build({
      stdin: {
        contents: `export * from "@actions/languageservice"; export { validateAction } from "@actions/languageservice/validate-action"; export { TextDocument } from "vscode-languageserver-textdocument";`,
        resolveDir: root,
      },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
      banner: { js: "import { createRequire as c } from 'node:module'; const require = c(import.meta.url);" },
    });
    const service = (await import(pathToFileURL(outfile).href)) as LanguageService;
    uses += 1;
    const document = service.TextDocument.create(`file:///${uses}/action.yml`, "yaml", 1, text);
    return (await service.validateAction(document)).map(({ message }) => message);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
