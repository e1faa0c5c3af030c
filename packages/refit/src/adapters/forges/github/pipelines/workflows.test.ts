import { lintWorkflow, workflowHabits } from "@refit/testkit/workflows";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { PackageManager } from "../../../../ports/pipelines.ts";
import { githubPipelines } from "./index.ts";
import { offMinute, workflowFiles } from "./workflows.ts";

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses: string; readonly with: Readonly<Record<string, unknown>> }[];
}

const request = {
  action: "OWNER/refit@v1",
  baseBranch: "trunk",
  dataPaths: ["data/**"],
  packageManager: "npm" as const,
  attests: false,
  name: "churn",
};

describe("workflows that init writes", () => {
  it.each(githubPipelines.kinds)("%s passes actionlint and keeps our habits", async (kind) => {
    for (const [path, text] of workflowFiles({ ...request, kind })) {
      expect(await lintWorkflow(text, path)).toEqual([]);
      expect(workflowHabits(text)).toEqual([]);
      expect(text).toContain('pull_request: { branches: ["trunk"] }');
      const { on, jobs } = parse(text) as { on: object; jobs: Readonly<Record<string, object>> };
      expect(on).toHaveProperty("merge_group");
      // A job is a check of its name.
      expect(Object.keys(jobs)).not.toContain("refit");
      expect(text).toContain('push: { branches: ["trunk"], paths: ["models/**", "data-manifests/**", "data/**"] }');
    }
  });

  it.each<[manager: PackageManager, kind: string, lines: readonly string[]]>([
    ["npm", "nx", ["cache: npm", "npm ci", "npx --no -- nx affected -t build"]],
    [
      "pnpm",
      "nx",
      ["corepack enable", "cache: pnpm", "pnpm install --frozen-lockfile", "pnpm exec nx affected -t build"],
    ],
    ["yarn", "nx", ["corepack enable", "cache: yarn", "yarn install --immutable", "yarn run nx affected -t build"]],
    [
      "yarn1",
      "nx",
      ["corepack enable", "cache: yarn", "yarn install --frozen-lockfile", "yarn run nx run-many -t build"],
    ],
    [
      "pnpm",
      "hardened",
      ["corepack enable", "pnpm install --frozen-lockfile", 'pnpm exec refit show "$MODEL" --checksums'],
    ],
  ])("install with %s in the %s one, from a lockfile, in this order", async (packageManager, kind, lines) => {
    const [[path, text] = ["", ""]] = workflowFiles({ ...request, kind, packageManager, attests: kind === "hardened" });

    expect(await lintWorkflow(text, path)).toEqual([]);
    expect(workflowHabits(text)).toEqual([]);
    for (const line of lines) expect(text).toContain(line);
    expect(lines.toSorted((a, b) => text.lastIndexOf(a) - text.lastIndexOf(b))).toEqual(lines);
    for (const other of ["npm ci", "pnpm", "yarn"])
      expect(lines.some((line) => line.includes(other)) || !text.includes(other)).toBe(true);
  });

  it("pages are made where nothing can be written, and of a private repository only after a person has said so", async () => {
    const files = workflowFiles({ ...request, kind: "simple", pages: true });
    const text = files.get(".github/workflows/refit-pages.yml")!;
    const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job & { if?: string; needs?: string }>> };

    expect(await lintWorkflow(text, ".github/workflows/refit-pages.yml")).toEqual([]);
    expect(workflowHabits(text)).toEqual([]);
    expect(jobs["make"]!.if).toBe(
      "${{ github.event.repository.visibility == 'public' || vars.REFIT_PAGES == 'publish' }}",
    );
    expect(jobs["make"]!.permissions).toEqual({ contents: "read" });
    expect(jobs["publish"]!.needs).toBe("make");
    expect(jobs["publish"]!.steps.map(({ uses }) => uses.split("@")[0])).toEqual(["actions/deploy-pages"]);
    expect([...workflowFiles({ ...request, kind: "simple" }).keys()]).toEqual([".github/workflows/refit.yml"]);
  });

  it.each(githubPipelines.kinds)("%s listens to ticked boxes only where there is a dashboard", async (kind) => {
    const [[file, text] = ["", ""]] = workflowFiles({ ...request, kind, dashboard: true });
    const { on, jobs } = parse(text) as { on: object; jobs: Readonly<Record<string, Job & { if?: string }>> };

    expect(await lintWorkflow(text, file)).toEqual([]);
    expect(workflowHabits(text)).toEqual([]);
    expect(on).toHaveProperty("issues", { types: ["edited"] });
    // No job starts on the edit of another issue.
    for (const { if: condition = "" } of Object.values(jobs))
      expect(condition).toMatch(/'issues'|needs\.\w+\.(outputs|result)|^github\.event_name == 'pull_request'/);
    expect([...workflowFiles({ ...request, kind }).values()][0]).not.toContain("issues: { types");
  });

  it("the one for Nx checks a pull request where nothing can be written", () => {
    const [text = ""] = workflowFiles({ ...request, kind: "nx" }).values();
    const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> };

    expect(jobs["check"]!.permissions).toEqual({ contents: "read" });
    expect(JSON.stringify(jobs["check"]!.steps)).toContain("affected -t check predict-probes");
  });

  it("the hardened one trains only where nothing can be written, and never where something can", () => {
    const [text = ""] = workflowFiles({ ...request, kind: "hardened" }).values();
    const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> };
    const training = Object.entries(jobs).filter(([, { steps }]) =>
      steps.some((step) => step.with["command"] === "train"),
    );

    expect(training.map(([name, { permissions }]) => [name, ...Object.values(permissions)])).toEqual([
      ["train", "read", "read", "read"],
    ]);
    for (const { steps } of Object.values(jobs)) {
      for (const { uses, with: inputs } of steps) {
        if (!uses.includes("/refit@")) continue;
        expect(["train", "run", "promote", "verify"]).toContain(inputs["command"]);
        if (inputs["command"] === "run")
          expect(inputs["candidates"]).toContain("@${{ needs.train.outputs.candidates }}");
      }
    }
  });

  it("the one for candidates trains and chooses only where nothing can be written", () => {
    const [text = ""] = workflowFiles({ ...request, kind: "candidates" }).values();
    const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> };
    const training = Object.entries(jobs).filter(([, { steps }]) =>
      steps.some(({ with: inputs }) => ["train", "choose"].includes(String(inputs["command"]))),
    );

    expect(training.map(([name, { permissions }]) => [name, ...Object.values(permissions)])).toEqual([
      ["train", "read", "read", "read"],
      ["choose", "read", "read", "read"],
    ]);
    expect(jobs["propose"]!.steps.at(-1)!.with["candidates"]).toContain("@${{ needs.choose.outputs.candidates }}");
  });

  it.each(["hardened", "matrix", "candidates"])(
    "the %s one gives each job what its command needs, and no more",
    async (kind) => {
      const [text = ""] = workflowFiles({ ...request, kind, dashboard: true }).values();
      const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> };
      const read = { contents: "read", "pull-requests": "read", checks: "read" };
      const write = { contents: "write", "pull-requests": "write", checks: "write", issues: "write" };
      const needed: Readonly<Record<string, object>> = {
        plan: read,
        train: read,
        choose: read,
        status: read,
        run: write,
        promote: { ...write, checks: "read" },
        verify: { ...read, checks: "write" },
        dashboard: { contents: "read", issues: "write" },
      };

      for (const { permissions, steps } of Object.values(jobs)) {
        const commands = steps.flatMap((step) => step.with["command"] ?? []) as string[];
        expect(commands).toHaveLength(1);
        expect({ command: commands[0], permissions }).toEqual({
          command: commands[0],
          permissions: needed[commands[0]!],
        });
      }
    },
  );

  it.each(githubPipelines.attesting)(
    "the %s one can attest, in a job that may sign and do nothing else",
    async (kind) => {
      const [[path, text] = ["", ""]] = workflowFiles({ ...request, kind, attests: true });
      const { jobs } = parse(text) as { jobs: Readonly<Record<string, Job>> };
      const plain = parse([...workflowFiles({ ...request, kind }).values()][0]!) as typeof jobs;

      expect(await lintWorkflow(text, path)).toEqual([]);
      expect(workflowHabits(text)).toEqual([]);
      expect(jobs["attest"]!.permissions).toEqual({ contents: "read", "id-token": "write", attestations: "write" });
      const { attest: _attest, promote, ...others } = jobs;
      const { promote: before, ...same } = (plain as unknown as { jobs: typeof jobs }).jobs;
      expect(others).toEqual(same);
      expect(promote!.permissions).toEqual(before!.permissions);
      expect(JSON.stringify(same)).not.toContain("id-token");
    },
  );

  it("name no action that somebody may own, as long as nobody has said which one to use", () => {
    const [owner = ""] = githubPipelines.unknownAction.action.split("/");

    // GitHub's names are letters, digits and hyphens, and do not begin with a hyphen.
    expect(owner).toMatch(/^_/);
    expect(githubPipelines.unknownAction.sentence).toContain(owner);
  });

  it.each<[action: string, told: string | null]>([
    [`acme/refit@${"1f".repeat(20)}`, null],
    [`acme/mono/actions/refit@${"1f".repeat(20)}`, null],
    ["acme/refit@v1", 'as acme/refit@COMMIT # v1; `git ls-remote https://github.com/acme/refit v1 "v1^{}"` prints it'],
    ["acme/refit@main", 'acme/refit@COMMIT # main; `git ls-remote https://github.com/acme/refit main "main^{}"`'],
    [
      "acme/mono/actions/refit@v1",
      "as acme/mono/actions/refit@COMMIT # v1; `git ls-remote https://github.com/acme/mono",
    ],
    [`acme/refit@${"1f".repeat(19)}`, "Whoever can move 1f1f"],
  ])("are told how to pin %s where its name can be moved", (action, told) => {
    const sentence = githubPipelines.unpinned(action);

    if (told === null) expect(sentence).toBeNull();
    else expect(sentence).toContain(told);
  });

  it("the simple one fits on a screen", () => {
    const [text = ""] = workflowFiles({ ...request, kind: "simple" }).values();

    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(19);
  });

  it("fires at no full or half hour, and not for everybody at once", () => {
    const minutes = ["a", "churn", "models", "forecast", "fraud"].map(offMinute);

    expect(minutes.every((minute) => minute % 30 >= 5 && minute < 60)).toBe(true);
    expect(new Set(minutes).size).toBeGreaterThan(1);
  });
});
