import { rollbackReport } from "@refit/core/report";
import { ensureAutoMerge } from "./adapters/forges/github/auto-merge.ts";
import { githubClient, type Client } from "./adapters/forges/github/client.ts";
import { ensureComment } from "./adapters/forges/github/comment.ts";
import { readFacts } from "./adapters/forges/github/doctor/settings-facts.ts";
import { githubForge } from "./adapters/forges/github/forge.ts";
import { ownAuthor } from "./adapters/forges/github/own-author.ts";
import { closePull, ensurePull, updateText, type Pull } from "./adapters/forges/github/pulls.ts";
import { ensureReviewers } from "./adapters/forges/github/reviewers.ts";
import type { LoadedForge } from "./adapters/forges/lazy-forge.ts";
import { localForge } from "./adapters/forges/local/forge.ts";
import { ancestryAdapter } from "./adapters/git/ancestry.ts";
import { madeByRefit, unpublishedHead } from "./adapters/git/branch-state.ts";
import { parseConfig } from "./adapters/git/git-config.ts";
import { gitLog } from "./adapters/git/git-log.ts";
import type { ObjectReader } from "./adapters/git/object-reader.ts";
import type { GitOptions, GitProcess } from "./adapters/git/git-process.ts";
import type { Files } from "./ports/files.ts";
import type { LiveVersion, ProposalRequest } from "./ports/forge.ts";
import type { Git } from "./ports/git.ts";
import type { Repository } from "./ports/repository.ts";
import { openCandidates } from "./handover/open-candidates.ts";
import { sha256 } from "./sha256.ts";
import { handOverDigest } from "@refit/core/history";
import { decodeText } from "./text.ts";

/** What somebody else says: the forge, git, or another job. */
export interface ForeignAnswer {
  readonly name: string;
  readonly texts: readonly string[];
  /** Whether a case costs as much as ten others. */
  readonly costly?: true;
  use(bytes: Uint8Array): unknown;
}

const commit = "a".repeat(40);
const other = "b".repeat(40);
const repository: Repository = {
  root: "/r",
  commonDir: "/r/.git",
  baseBranch: "main",
  baseCommit: other,
  remote: "origin",
  notices: [],
};
const branch = "refit--churn";
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** git, with one answer to every question. */
function gitSaying(answer: Uint8Array): GitProcess {
  const attempt = async (_args: readonly string[], options?: GitOptions) => {
    options?.onOutput?.(Buffer.from(answer));
    return { exitCode: 0, stdout: Buffer.from(answer), stderr: "" };
  };
  return {
    cwd: "/r",
    env: {},
    secondMs: 0,
    idleMs: 0,
    networkEnv: async () => ({}),
    config: async () => parseConfig(decodeText(answer)),
    attempt,
    run: async (args, options) => (await attempt(args, options)).stdout.toString().replace(/\n$/, ""),
    start: () => ({ write() {}, hold() {}, release() {}, end() {} }),
  };
}

const noObjects: ObjectReader = { ask: async () => null, askAll: async (names) => names.map(() => null) };

const git: Git = {
  locate: async () => repository,
  fetchedAt: async () => null,
  withoutHistory: async () => repository,
  resolve: async (revision) => (revision.includes(":") ? sha256(revision).slice(0, 40) : commit),
  log: async () => new Map(),
  logSince: async () => null,
  edited: async () => new Set(),
  ownBranches: async () => new Set(),
  tags: async () => new Map(),
  list: async () => [],
  read: async (objects) => objects.map(() => null),
};

const request: ProposalRequest = {
  kind: "retrain",
  models: [
    {
      model: "churn",
      inputDigest: "c".repeat(64),
      report: rollbackReport({
        model: "churn",
        from: { label: "v2", metrics: {}, on: null },
        to: { label: "v1", metrics: {}, on: null },
        treeId: commit,
        together: null,
      }),
      kept: null,
      check: { conclusion: "neutral", summary: "s" },
    },
  ],
  overview: null,
  branch,
  head: commit,
  baseBranch: "main",
  title: "refit(churn): v2",
  draft: true,
  autoMerge: false,
  reviewers: ["ana", "acme/ml"],
  at: Date.parse("2026-06-01T00:00:00Z"),
};

const bot = { login: "github-actions[bot]" };
const pull = {
  number: 7,
  state: "open",
  title: "t",
  body: null,
  draft: false,
  node_id: "PR_7",
  html_url: "https://github.com/acme/churn/pull/7",
  merged_at: null,
  closed_at: null,
  updated_at: "2026-05-01T00:00:00Z",
  user: bot,
  head: { ref: branch, sha: commit, label: `acme:${branch}` },
  base: { ref: "main" },
  auto_merge: { enabled_by: bot },
};
const closed = { ...pull, state: "closed", closed_at: "2026-05-02T00:00:00Z" };
const stamp = `<!-- run=3.1 head=${other} inputs=0123456789ab -->`;
const comment = { id: 1, body: `<!-- refit:report model=churn -->\n${stamp}\n# r\n`, user: bot };
const review = { user: { login: "ana" }, state: "APPROVED", author_association: "MEMBER" };
const event = { event: "review_requested", requested_reviewer: { login: "ana" } };
const run = {
  id: 5,
  name: "refit / churn",
  external_id: "churn:x",
  conclusion: "neutral",
  output: { title: "t", summary: "s" },
};
const rule = {
  type: "required_status_checks",
  parameters: { required_status_checks: [{ context: "refit / fraud" }] },
};
const branchAnswer = {
  protected: true,
  protection: {
    enabled: true,
    required_status_checks: { enforcement_level: "everyone", contexts: ["refit / eu/churn"] },
  },
};
const release = {
  id: 9,
  tag_name: "churn@v2",
  draft: true,
  html_url: "https://github.com/acme/churn/releases/9",
  upload_url: "https://uploads.github.com/repos/acme/churn/releases/9/assets{?name}",
  assets: [{ name: "a.json" }],
};
const alert = {
  state: "open",
  number: 3,
  title: "t",
  body: "<!-- refit:alert model=churn -->\nb",
  html_url: pull.html_url,
  user: bot,
};

/** What refit asks GitHub for in one go. */
type Question = (asked: Asked) => Promise<unknown>;

interface Asked {
  readonly client: Client;
  readonly forge: LoadedForge["forge"];
  readonly publisher: LoadedForge["publisher"];
}

const version: LiveVersion = {
  model: "churn",
  label: "v2",
  tag: "churn@v2",
  commit,
  at: request.at,
  card: "# c",
  files: async () => new Map([["a/b.json", bytesOf("{}")]]),
};
const ours = (client: Client) => ownAuthor(client);

async function readState({ forge }: Asked): Promise<void> {
  const state = await forge.proposal(repository, branch);
  const isNoTime = state !== null && state.declinedAt !== null && Number.isNaN(state.declinedAt);
  if (isNoTime) throw new Error("accepted: a time that is none");
}

async function openPull({ client }: Asked): Promise<void> {
  const { pull: opened } = await ensurePull(client, request, "b", false);
  await updateText(client, opened, "t", "b");
  await ensureAutoMerge(client, ours(client), opened, { models: request.models, autoMerge: true });
  await closePull(client, opened, "no");
}

async function readSettings({ client }: Asked): Promise<void> {
  await readFacts(client, ours(client), { baseBranch: "main", branches: [branch], workflows: ["w.yml"] });
}

const sayAlert: Question = ({ forge }) =>
  forge.ensureAlert(repository, "churn", { model: "churn", title: "t", body: "b", at: request.at });

const sayReport: Question = ({ client }) =>
  ensureComment(client, ours(client), 7, {
    model: "churn",
    stamp: { run: null, head: commit, inputs: "0" },
    report: "r",
  });

/** What GitHub answers to each request, by its method and the end of its path, and which question reads it. */
const honest: readonly (readonly [asked: RegExp, answer: unknown, question: Question])[] = [
  [/^GET .*\/pulls$/, [pull], readState],
  [/^POST .*\/pulls$/, pull, openPull],
  [/^GET .*\/reviews$/, [review], readState],
  [/^GET .*\/comments$/, [comment], sayReport],
  [
    /^GET .*\/events$/,
    [event],
    ({ client }) => ensureReviewers(client, pull as unknown as Pull, ["ben", "acme/ml"], false),
  ],
  [/^GET .*\/issues$/, [alert], sayAlert],
  [/^POST .*\/issues$/, alert, sayAlert],
  [/^GET .*\/check-runs$/, { total_count: 1, check_runs: [run] }, readState],
  [/^GET .*\/commits\/\w+\/statuses$/, [{ context: "refit / fraud", state: "success", description: "d" }], readState],
  [/^GET .*\/rules\/branches\/[\w-]+$/, [rule], readState],
  [/^GET .*\/churn\/branches\/main$/, branchAnswer, readState],
  [/^GET .*\/releases$/, [release], ({ publisher }) => publisher.ensureRelease(version)],
  [
    /^(POST|PATCH) .*\/releases(\/9)?$/,
    release,
    ({ publisher }) => publisher.ensureRelease({ ...version, tag: "churn@v3" }),
  ],
  [/^GET .*\/deployments$/, [{ id: 4 }], ({ publisher }) => publisher.ensureDeployment(version)],
  [/^POST .*\/deployments$/, { id: 6 }, ({ publisher }) => publisher.ensureDeployment(version)],
  [/^GET .*\/deployments\/4\/statuses$/, [], ({ publisher }) => publisher.ensureDeployment(version)],
  [/\/graphql$/, { data: { viewer: bot } }, sayReport],
  [/^GET .*\/repos\/acme\/churn$/, { allow_auto_merge: true }, readSettings],
  [/^GET .*\/actions\/workflows$/, { total_count: 1, workflows: [{ path: "w.yml", state: "active" }] }, readSettings],
  [/^GET .*\/actions\/permissions\/workflow$/, { can_approve_pull_request_reviews: true }, readSettings],
  [/^GET .*\/branches\/main\/protection$/, { allow_force_pushes: { enabled: false } }, readSettings],
];

/** Asks GitHub a question, where one of the answers is another one. */
async function askGithub(asked: RegExp, question: Question, answer: Uint8Array): Promise<void> {
  const said = (words: string) =>
    asked.test(words) ? answer : bytesOf(JSON.stringify(honest.find(([each]) => each.test(words))?.[1] ?? {}));
  const before = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = String(input);
    const headers = { "content-type": "application/json; charset=utf-8" };
    const found = new Response(Buffer.from(said(`${init?.method ?? "GET"} ${url.replace(/\?.*$/s, "")}`)), { headers });
    return Object.defineProperty(found, "url", { value: url });
  };
  const patience = { secondMs: 0, timeoutMs: 1000, paced: false };
  const process = gitSaying(bytesOf(""));
  try {
    const { forge, publisher } = githubForge({ settings, process, git, notice: () => {}, patience });
    await question({ forge, publisher, client: githubClient(settings, () => {}, patience) });
  } finally {
    globalThis.fetch = before;
  }
}

const settings = {
  apiUrl: "https://api.github.com",
  serverUrl: "https://github.com",
  owner: "acme",
  repo: "churn",
  token: "t",
  run: { id: 4, attempt: 1 },
  pullRequest: null,
};

/** A disk with these files. */
function diskOf(contents: ReadonlyMap<string, Uint8Array>): Files {
  const files = new Map(contents);
  return {
    read: async (path) => files.get(path) ?? null,
    list: async (folder) =>
      [...files].map(([path, bytes]) => ({
        path: path.slice(folder.length + 1),
        bytes: bytes.byteLength,
        isFile: true,
      })),
    children: async () => [],
    write: async (path, bytes) => void files.set(path, bytes),
    remove: async (path) => void files.delete(path),
  };
}

const record = { branch, head: commit, title: "t", draft: false, check: { conclusion: "success", summary: "s" } };

const handedOver = {
  format: 1,
  models: [
    {
      model: "churn",
      inputDigest: "i",
      parent: null,
      candidates: [{ validation: 0.5, bytes: 10, seconds: 1 }],
      chosen: 0,
      training: null,
    },
  ],
};

export function foreignAnswers(): readonly ForeignAnswer[] {
  return [
    ...honest.map(([asked, answer, question]) => ({
      name: `GitHub's answer to ${asked.source}`,
      texts: [
        JSON.stringify(answer),
        ...(Array.isArray(answer) && answer[0] === pull ? [JSON.stringify([closed])] : []),
      ],
      costly: true as const,
      use: (bytes: Uint8Array) => askGithub(asked, question, bytes),
    })),
    {
      name: "trailers of commits",
      texts: [
        `refs/heads/${branch} ${commit} ${other}\nrefs/remotes/origin/${branch} ${other} nothing\n`,
        `1772323200 1772323200 churn\u00001772323200 1772323201 \u0000`,
      ],
      async use(bytes) {
        const process = gitSaying(bytes);
        const head = await unpublishedHead({ process, git }, repository, branch);
        if (head === "") throw new Error("accepted: a head without a name");
        await madeByRefit(process, repository, commit);
        await ancestryAdapter(process, git).isMadeToReplace(commit, null);
      },
    },
    {
      name: "the log of git",
      texts: [
        `commit ${commit}\u00001772323200\u0000ana\u0000First\u0000\n:000000 100644 ${"0".repeat(40)} ${other} A\u0000models/churn/champion/lineage.json\u0000:000000 040000 ${"0".repeat(40)} ${other} A\u0000models/churn/champion\u0000`,
      ],
      use: (bytes) => gitLog({ git: gitSaying(bytes), objects: noObjects }, commit, ["models/churn/champion"], []),
    },
    {
      name: "the local forge's record of a proposal",
      texts: [JSON.stringify({ ...record, updatedAt: 0, closed: null }), JSON.stringify({ ...record, closed: "no" })],
      async use(bytes) {
        const files = diskOf(new Map([["/r/.git/refit/proposals/churn.json", bytes]]));
        const process = gitSaying(bytesOf(""));
        const forge = localForge(process, git, { files, publishes: true });
        await forge.proposal(repository, branch);
        await forge.ensureRemark(repository, { model: "churn", branch, at: 0, closes: true, sentence: "no" });
        await forge.ensureProposal(repository, request);
      },
    },
    {
      name: "a folder that is handed over",
      texts: [JSON.stringify(handedOver)],
      async use(bytes) {
        const contents = new Map([
          ["/h/candidates.json", bytes],
          ["/h/churn/challenger/model.json", bytesOf("{}")],
        ]);
        const digests = new Map([...contents].map(([path, each]) => [path.slice(3), sha256(each)]));
        const candidates = await openCandidates(diskOf(contents), "/h", handOverDigest(digests, sha256));
        const entry = candidates.of("churn");
        if (entry !== undefined && entry.candidates[entry.chosen] === undefined)
          throw new Error("accepted: a chosen candidate that is not there");
        await candidates.artifact("churn", "challenger");
        const claimed = handOverDigest(digests, sha256);
        const damaged = diskOf(new Map([...contents, ["/h/churn/challenger/model.json", bytes]]));
        const refused = await openCandidates(damaged, "/h", claimed).then(
          () => decodeText(bytes) === "{}",
          () => true,
        );
        if (!refused) throw new Error("accepted: another file under the same digest");
      },
    },
  ];
}
