import { appendFile, chmod, mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { copyFolder, createPreparedFolder } from "../prepared-folder.ts";
import { createFolder, removeFolder } from "../temporary-folder.ts";
import type { Permissions } from "./actors.ts";
import { bareGit, type BareGit } from "./bare-git.ts";
import { faultQueue, type Fault } from "./faults.ts";
import { graphqlRoutes } from "./graphql.ts";
import { listRefs } from "./list-refs.ts";
import { updateHook } from "./hook.ts";
import { personOf, type Person } from "./person.ts";
import { emptyRows, type Rows } from "./rows.ts";
import { routes } from "./routes.ts";
import { serve, type Desk, type SeenRequest } from "./server.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { forkOwner, grant, initialActors, tokens } from "./tokens.ts";
import { editTree, writeBlob, writeCommit } from "./tree-edit.ts";
import type { HubEvent, World } from "./world.ts";

export interface HubOptions {
  /** Default `octo`. */
  readonly owner?: string;
  /** Default `demo`. */
  readonly repo?: string;
  /** `true`: no commit yet. Default: one with a README on `main`. */
  readonly empty?: boolean;
  /** A bare repository whose branches and tags it has from the start, its own `main` included. */
  readonly history?: string;
  readonly settings?: Partial<Settings>;
  /** Epoch milliseconds; dates rows, merges and events. Default `Date.now`. */
  readonly now?: () => number;
}

/** GitHub with one repository, on one loopback port: REST, GraphQL and git. What git knows, git answers. */
export interface Hub {
  /** As `GITHUB_SERVER_URL`. */
  readonly url: string;
  /** As `GITHUB_API_URL`; the same shape as on GitHub Enterprise Server. */
  readonly apiUrl: string;
  /** As `GITHUB_GRAPHQL_URL`. */
  readonly graphqlUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** For git over HTTP, without a token. `gitUrl("mallory")` is the fork, which `tokens.stranger` may push to. */
  gitUrl(owner?: string, repo?: string): string;
  /** As actions/checkout sets it: `git -c http.extraheader="${hub.authHeader(token)}" push`. */
  authHeader(token: string): string;
  /** Path of the real repository; changes made there by any means are noticed. */
  readonly bareRepository: string;
  readonly tokens: typeof tokens;
  readonly requests: readonly SeenRequest[];
  /** Calls that the hub cannot answer; a test should find none. */
  readonly unknownRoutes: readonly string[];
  readonly events: readonly HubEvent[];
  /** What GitHub would keep in its database. Read it; change it by calls. */
  readonly rows: Rows;
  readonly person: Person;
  set(settings: Partial<Settings>): void;
  /** Sets what a token may do; what is not named is `none`, as in a job's `permissions:`. */
  permit(token: string, permissions: Permissions): void;
  fault(fault: Fault): void;
  /** Faults that no request met yet. */
  pendingFaults(): readonly Fault[];
  clearFaults(): void;
  close(): Promise<void>;
}

/** Starts a hub. The caller closes it. */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const { owner = "octo", repo = "demo", now = Date.now } = options;
  const empty = options.empty === true;
  const folder = await createPreparedFolder(`hub ${JSON.stringify({ repo, empty })}`, {
    make: () => createHubFolder(repo, empty),
  });
  const git = gitOfHub(folder, repo);
  if (options.history !== undefined) takeHistory(git, options.history);

  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const desk = await createDesk({
    url,
    owner,
    name: repo,
    git,
    now,
    settings: { ...defaultSettings, ...options.settings },
  });
  const { world, faults } = desk;
  server.on("request", (request, response) => {
    serve(desk, request, response).catch(() => response.destroy());
  });

  return {
    url,
    apiUrl: `${url}/api/v3`,
    graphqlUrl: `${url}/api/graphql`,
    owner,
    repo,
    gitUrl: (login = owner, name = repo) => `${url}/${login}/${name}.git`,
    authHeader: (token) => `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`,
    bareRepository: git.path,
    tokens,
    requests: desk.requests,
    unknownRoutes: desk.unknownRoutes,
    events: world.events,
    rows: world.rows,
    person: personOf(world, desk.exclusive),
    set: (settings) => {
      world.settings = { ...world.settings, ...settings };
    },
    permit: (token, permissions) => grant(world.actors, token, permissions),
    fault: faults.add,
    pendingFaults: faults.pending,
    clearFaults: faults.clear,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await desk.exclusive(() => Promise.resolve());
      await removeFolder(folder);
    },
  };
}

async function createDesk(facts: Pick<World, "url" | "owner" | "name" | "git" | "now" | "settings">): Promise<Desk> {
  const actors = initialActors();
  let lastId = 1000;
  const world: World = {
    ...facts,
    rows: emptyRows(),
    events: [],
    seenRefs: listRefs(facts.git, "refs/heads", "refs/tags", "refs/namespaces"),
    pushers: new Map(),
    actors,
    person: actors.get(tokens.person)!,
    nextId: () => (lastId += 1),
  };
  const unknownRoutes: string[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  return {
    world,
    routes: [...routes, ...graphqlRoutes((name) => unknownRoutes.push(name))],
    faults: faultQueue(),
    requests: [],
    unknownRoutes,
    exclusive<T>(task: () => Promise<T>): Promise<T> {
      const turn = queue.then(task);
      queue = turn.catch(() => undefined);
      return turn;
    },
  };
}

const bareConfig = `[http]
	receivepack = true
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[receive]
	hideRefs = refs/pull
	autogc = false
[transfer]
	hideRefs = refs/namespaces
[gc]
	auto = 0
`;

/** The folder of a hub's repository, as it is before anybody has pushed. */
async function createHubFolder(name: string, empty: boolean): Promise<string> {
  const folder = await createFolder();
  const git = gitOfHub(folder, name);
  await mkdir(git.path);
  await git.text(["init", "--quiet", "--bare", "--initial-branch=main"]);
  await appendFile(join(git.path, "config"), bareConfig);
  const hook = join(git.path, "hooks", "update");
  await mkdir(join(git.path, "hooks"), { recursive: true });
  await writeFile(hook, updateHook);
  await chmod(hook, 0o755);
  if (!empty) await firstCommit(git);
  await git.text(["symbolic-ref", `refs/namespaces/${forkOwner}/HEAD`, `refs/namespaces/${forkOwner}/refs/heads/main`]);
  return folder;
}

function gitOfHub(folder: string, name: string): BareGit {
  return bareGit(join(folder, `${name}.git`), {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: join(folder, "gitconfig"),
    LC_ALL: "C",
    TZ: "UTC",
  });
}

function takeHistory({ path }: BareGit, from: string): void {
  for (const part of ["objects", "refs/heads", "refs/tags"]) copyFolder(join(from, part), join(path, part));
}

async function firstCommit(git: BareGit): Promise<void> {
  const readme = await writeBlob(git, Buffer.from("# A repository\n"));
  const tree = await editTree(git, null, [{ path: "README.md", mode: "100644", id: readme }]);
  const ada = { name: "Ada Example", email: "ada@example.com", date: "2026-01-01T00:00:00Z" };
  const commit = await writeCommit(git, { tree, parents: [], message: "Start\n", author: ada, committer: ada });
  await git.text(["update-ref", "refs/heads/main", commit]);
  await git.text(["update-ref", `refs/namespaces/${forkOwner}/refs/heads/main`, commit]);
}
