import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hub } from "../hub/index.ts";
import { createFolder, removeFolder } from "../temporary-folder.ts";

/** What starts a workflow run. */
export interface RunEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** `refs/heads/main`, `refs/pull/1/merge`. Default `refs/heads/main`. */
  readonly ref?: string;
  readonly sha?: string;
  /** Branches of a pull request. */
  readonly headRef?: string;
  readonly baseRef?: string;
}

export interface MachineOptions {
  /** `null`: no GitHub anywhere. */
  readonly hub: Hub | null;
  readonly event: RunEvent;
  /** Counts up from run to run, as GitHub does. */
  readonly runId: number;
  readonly attempt?: number;
  /** Kept from run to run where given, as on a self-hosted runner. */
  readonly toolCache?: string;
  /** Folder with the binary that `node` shall be. Default: this process's. */
  readonly nodeFolder?: string;
  /** `PATH` and what else the machine itself sets. */
  readonly env: Readonly<Record<string, string>>;
}

/** A fresh machine, as each job gets one: an empty workspace and an environment made from nothing. */
export interface Machine {
  readonly workspace: string;
  readonly temp: string;
  /** Environment of every step. */
  readonly env: Readonly<Record<string, string>>;
  readonly eventPath: string;
  dispose(): Promise<void>;
}

export async function bootMachine(options: MachineOptions): Promise<Machine> {
  const { hub, event, runId } = options;
  const folder = await createFolder();
  const paths = Object.fromEntries(
    ["workspace", "temp", "tool-cache", "home"].map((name) => [name, join(folder, name)]),
  ) as Record<"workspace" | "temp" | "tool-cache" | "home", string>;
  for (const path of Object.values(paths)) await mkdir(path);
  const eventPath = join(folder, "event.json");
  await writeFile(eventPath, JSON.stringify(event.payload));

  const server = hub?.url ?? "https://github.invalid";
  const api = hub?.apiUrl ?? `${server}/api/v3`;
  const repository = `${hub?.owner ?? "octo"}/${hub?.repo ?? "demo"}`;
  const ref = event.ref ?? "refs/heads/main";
  const env: Record<string, string> = {
    ...options.env,
    HOME: paths.home,
    GIT_CONFIG_GLOBAL: join(paths.home, "gitconfig"),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTOR: "ada",
    GITHUB_TRIGGERING_ACTOR: "ada",
    GITHUB_API_URL: api,
    GITHUB_GRAPHQL_URL: hub?.graphqlUrl ?? `${server}/api/graphql`,
    GITHUB_SERVER_URL: server,
    GITHUB_BASE_REF: event.baseRef ?? "",
    GITHUB_HEAD_REF: event.headRef ?? "",
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_JOB: "job",
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(heads|tags|pull)\//, ""),
    GITHUB_REF_TYPE: ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: "1",
    GITHUB_REPOSITORY_OWNER: repository.split("/")[0]!,
    GITHUB_REPOSITORY_OWNER_ID: "1",
    GITHUB_RETENTION_DAYS: "90",
    GITHUB_RUN_ATTEMPT: String(options.attempt ?? 1),
    GITHUB_RUN_ID: String(runId),
    GITHUB_RUN_NUMBER: String(runId),
    GITHUB_SHA: event.sha ?? "0".repeat(40),
    GITHUB_WORKFLOW: "workflow",
    GITHUB_WORKSPACE: paths.workspace,
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "host",
    RUNNER_OS: "Linux",
    RUNNER_TEMP: paths.temp,
    RUNNER_TOOL_CACHE: options.toolCache ?? paths["tool-cache"],
    RUNNER_WORKSPACE: folder,
  };
  if (options.nodeFolder !== undefined) env["PATH"] = `${options.nodeFolder}:${env["PATH"] ?? ""}`;
  return { workspace: paths.workspace, temp: paths.temp, env, eventPath, dispose: () => removeFolder(folder) };
}
