import { RefitError } from "@refit/core/errors";
import path from "node:path";
import { parse } from "yaml";
import { proposalBranch, rollbackBranch } from "@refit/core/history";
import { listModels } from "../../versions/models.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { read } from "../../rooms/read.ts";
import { diagnoseModel } from "./diagnose-model.ts";
import { diagnoseSettings, type GuardedModel } from "./diagnose-settings.ts";
import { diagnoseOwners, diagnoseWorkflows, startsRefit } from "./diagnose-workflows.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** What will bite later, worst first. Reads only. */
export async function diagnose(ports: Ports): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  const repository = await attempt(found, () => ports.git.locate());
  if (repository === null) return found;
  const workflows = await readWorkflows(ports, repository);
  found.push(...(await diagnoseAttributes(ports, repository)), ...diagnoseWorkflows(workflows));
  // Without workflows nothing runs on GitHub.
  if (workflows.size > 0) found.push(...diagnoseOwners(await readOwners(ports, repository)));
  const names = await listModels(ports, repository);
  if (names.length === 0) {
    found.push({
      severity: "warning",
      what: "There is no model on the base branch.",
      fix: "Run `refit init`, then commit what it wrote.",
    });
  }
  const models: GuardedModel[] = [];
  for (const model of names) {
    const context = await attempt(found, () => read(ports, repository, { model, force: null, dryRun: false }));
    if (context === null) continue;
    models.push({ model, merge: context.spec.merge });
    found.push(...((await attempt(found, () => diagnoseModel(ports, context))) ?? []));
  }
  const starters = [...workflows].filter(([, workflow]) => startsRefit(workflow)).map(([file]) => file);
  const facts = await attempt(found, () =>
    ports.settings.read(repository, {
      branches: ["refit-ledger", ...names.flatMap((model) => [proposalBranch(model), rollbackBranch(model)])],
      workflows: starters,
    }),
  );
  if (facts !== null) found.push(...diagnoseSettings(facts, { baseBranch: repository.baseBranch, models }));
  return withoutRepeats(found).sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1));
}

async function attempt<T>(found: Diagnosis[], look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    found.push({ severity: "error", what: error.message, fix: error.hint });
    return null;
  }
}

/** What ails all models, such as a token, is said once. */
function withoutRepeats(found: readonly Diagnosis[]): Diagnosis[] {
  return [...new Map(found.map((each) => [each.what, each])).values()];
}

/** Line endings and merges must not touch the bytes of a version. */
async function diagnoseAttributes(ports: Ports, repository: Repository): Promise<Diagnosis[]> {
  const bytes = await ports.files.read(path.join(repository.root, ".gitattributes"));
  const text = bytes === null ? "" : new TextDecoder().decode(bytes);
  if (/^models\/.*champion.*-text.*-merge/m.test(text)) return [];
  return [
    {
      severity: "error",
      what: "Line endings or merges could change the bytes of a version.",
      fix: "Add the line `models/*/champion/** -text -merge` to .gitattributes and commit it.",
    },
  ];
}

/** Parsed workflow files of the base branch, by path. */
async function readWorkflows(ports: Ports, { baseCommit }: Repository): Promise<ReadonlyMap<string, unknown>> {
  const folder = ".github/workflows";
  const files = (await ports.git.list(baseCommit, folder)).filter((file) => /\.ya?ml$/.test(file.path));
  const contents = await ports.git.read(files.map((file) => file.id));
  return new Map(files.map((file, i) => [`${folder}/${file.path}`, parseOrNull(contents[i]!)]));
}

/** @returns `null`: there is no CODEOWNERS. */
async function readOwners(ports: Ports, { baseCommit }: Repository): Promise<string | null> {
  const places = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
  const owners = await ports.git.read(places.map((place) => `${baseCommit}:${place}`));
  const first = owners.find((bytes) => bytes !== null) ?? null;
  return first && new TextDecoder().decode(first);
}

/** What is no YAML is GitHub's to tell. */
function parseOrNull(bytes: Uint8Array): unknown {
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
