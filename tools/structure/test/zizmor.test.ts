import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit/folders";
import { pythonTool } from "@refit/testkit/python";
import { beforeAll, describe, expect, it } from "vitest";
import { githubPipelines } from "../../../packages/refit/src/adapters/forges/github/pipelines/index.ts";
import { workflowFiles } from "../../../packages/refit/src/adapters/forges/github/pipelines/workflows.ts";
import { filesMatching } from "../src/repository.ts";

const execute = promisify(execFile);
const version = "1.32.0";

/** Python's zizmor in a folder of its own; `null`: Python, or the network for the first time, is missing. */
async function zizmor(): Promise<string | null> {
  const { python, missing } = await pythonTool(`zizmor-${version}`, [`zizmor==${version}`]);
  if (python === null) console.warn(`zizmor is not checked: ${missing}`);
  return python === null ? null : join(python, "../zizmor");
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
  const written = [
    ...githubPipelines.kinds.flatMap((kind) => used.map((action) => ({ kind, action, attests: false }))),
    { kind: "hardened", action: used[0]!, attests: true },
  ];
  it.each(written)(
    "in the $kind workflow that init writes with $action, attesting: $attests",
    async ({ kind, action, attests }) => {
      if (command === null) return;
      const request = {
        kind,
        action,
        baseBranch: "main",
        dataPaths: ["data/**"],
        packageManager: "npm" as const,
        attests,
        name: "churn",
      };
      const files = [...workflowFiles(request)].map(([path, text]) => ({ path, text }));

      expect(await highFindings(command, files)).toEqual([]);
    },
  );

  it("where there is one, it is found", async ({ skip }) => {
    if (command === null) return skip();
    const text =
      "on: pull_request_target\njobs: { a: { runs-on: ubuntu-latest, steps: [{ uses: a/b@main }, { run: 'echo ${{ github.head_ref }}' }] } }\n";

    const found = await highFindings(command, [{ path: ".github/workflows/x.yml", text }]);

    expect(found.join("\n")).toMatch(/template-injection|unpinned-uses|dangerous-triggers/);
  });
});
