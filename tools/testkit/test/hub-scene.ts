import { Octokit } from "@octokit/rest";
import { startHub, temporaryRepository, type Hub, type HubOptions, type TemporaryRepository } from "../src/index.ts";

export const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export const repo = { owner: "octo", repo: "demo" } as const;

/** A hub with clients for its tokens. */
export interface Scene {
  readonly hub: Hub;
  readonly bot: Octokit;
  readonly person: Octokit;
  readonly app: Octokit;
  readonly readOnly: Octokit;
  readonly stranger: Octokit;
  /** No token. */
  readonly nobody: Octokit;
  /** A token that nobody holds. */
  readonly bogus: Octokit;
  /** Opens a pull request of one commit on a branch of its own. @returns its number */
  propose(branch: string, files?: Readonly<Record<string, string>>, more?: { draft?: boolean }): Promise<number>;
}

export async function openScene(options?: HubOptions): Promise<Scene> {
  const hub = await startHub(options);
  const client = (auth?: string) =>
    new Octokit({ baseUrl: hub.apiUrl, log: silent, ...(auth === undefined ? {} : { auth }) });
  const bot = client(hub.tokens.bot);
  return {
    hub,
    bot,
    person: client(hub.tokens.person),
    app: client(hub.tokens.app),
    readOnly: client(hub.tokens.readOnly),
    stranger: client(hub.tokens.stranger),
    nobody: client(),
    bogus: client("ghs_nobody"),
    async propose(branch, files = { [`${branch}.txt`]: "1\n" }, more = {}) {
      await hub.person.commit(branch, files, `Change ${branch}`);
      const { data } = await bot.pulls.create({
        ...repo,
        head: branch,
        base: "main",
        title: `Take ${branch}`,
        ...more,
      });
      return data.number;
    },
  };
}

/** What GitHub would answer: the status, and the message of a refusal. */
export async function answer(call: Promise<{ status: number }>): Promise<{ status: number; message: string }> {
  try {
    return { status: (await call).status, message: "" };
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === undefined) throw error;
    return { status, message };
  }
}

/** A clone as actions/checkout leaves it: the token in an extra header. */
export async function checkout({ hub }: Scene, token: string, url = hub.gitUrl()): Promise<TemporaryRepository> {
  const work = await temporaryRepository({ empty: true });
  await work.git("config", `http.${hub.url}/.extraheader`, hub.authHeader(token));
  await work.git("remote", "add", "origin", url);
  await work.git("fetch", "--quiet", "origin");
  await work.git("switch", "--quiet", "--create", "work", "origin/main");
  return work;
}

/** What git says on stderr when it fails. */
export async function refusal(push: Promise<unknown>): Promise<string> {
  const failed = await push.then(
    () => null,
    (error: { stderr: string }) => error,
  );
  return failed === null ? "git succeeded" : failed.stderr;
}
