import { execFile } from "node:child_process";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit/folders";
import { beforeAll, describe, expect, it } from "vitest";
import { githubPipelines } from "../../../packages/refit/src/adapters/forges/github/pipelines/index.ts";
import { workflowFiles } from "../../../packages/refit/src/adapters/forges/github/pipelines/workflows.ts";
import { filesMatching, root } from "../src/repository.ts";

const execute = promisify(execFile);
const version = "1.32.0";

/** Python's zizmor in a folder of its own; `null`: Python, or the network for the first time, is missing. */
async function zizmor(): Promise<string | null> {
  const home = join(root, "node_modules/.cache/refit", `zizmor-${version}`);
  const command = join(home, "bin/zizmor");
  try {
    await access(command);
    return command;
  } catch {
    // Made below.
  }
  try {
    await mkdir(home, { recursive: true });
    await execute("python3", ["-m", "venv", home]);
    await execute(join(home, "bin/pip"), ["install", "--quiet", "--no-deps", `zizmor==${version}`]);
    return command;
  } catch (error) {
    console.warn(`zizmor is not checked: it cannot be installed here (${String(error).split("\n")[0]}).`);
    return null;
  }
}

/** Findings of high severity, as lines. */
async function highFindings(command: string, files: readonly { path: string; text: string }[]): Promise<string[]> {
  const folder = await temporaryFolder();
  for (const { path, text } of files) {
    const place = join(folder, path);
    await mkdir(join(place, ".."), { recursive: true });
    await writeFile(place, text);
  }
  const args = ["--offline", "--no-exit-codes", "--quiet", "--format=json-v1", "--min-severity=high", folder];
  const { stdout } = await execute(command, args, { maxBuffer: 1 << 26 });
  const found = JSON.parse(stdout) as {
    ident: string;
    locations: { symbolic: { key: unknown; annotation: string } }[];
  }[];
  return found.map(({ ident, locations }) => `${ident}: ${JSON.stringify(locations[0]?.symbolic)}`);
}

describe("zizmor has no high finding", () => {
  let command: string | null;
  beforeAll(async () => {
    command = await zizmor();
  }, 120_000);

  it("in the workflows of this repository", async ({ skip }) => {
    if (command === null) return skip();

    expect(
      await highFindings(command, filesMatching(/^(?:\.github\/(?:workflows\/.*|dependabot)|action)\.yml$/)),
    ).toEqual([]);
  });

  const used = [`acme/refit@${"1f".repeat(20)}`, githubPipelines.unknownAction.action];
  const written = githubPipelines.kinds.flatMap((kind) => used.map((action) => ({ kind, action })));
  it.each(written)("in the $kind workflow that init writes with $action", async ({ kind, action }) => {
    if (command === null) return;
    const request = { kind, action, baseBranch: "main", dataPaths: ["data/**"], name: "churn" };
    const files = [...workflowFiles(request)].map(([path, text]) => ({ path, text }));

    expect(await highFindings(command, files)).toEqual([]);
  });

  it("where there is one, it is found", async ({ skip }) => {
    if (command === null) return skip();
    const text =
      "on: pull_request_target\njobs: { a: { runs-on: ubuntu-latest, steps: [{ uses: a/b@main }, { run: 'echo ${{ github.head_ref }}' }] } }\n";

    const found = await highFindings(command, [{ path: ".github/workflows/x.yml", text }]);

    expect(found.join("\n")).toMatch(/template-injection|unpinned-uses|dangerous-triggers/);
  });
});
