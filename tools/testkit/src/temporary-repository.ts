import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { onTestFinished } from "vitest";
import { copyFolder, createPreparedFolder } from "./prepared-folder.ts";
import { startGit } from "./start-git.ts";
import { createFolder, removeFolder } from "./temporary-folder.ts";

export interface TemporaryRepository {
  /** Absolute, real path of the work tree. */
  readonly root: string;
  /** Absolute path of the bare repository that is `origin`; `null` without `remote: true`. */
  readonly remote: string | null;
  /** Environment in which the settings of the machine and its user do not count. Hand it to what is tested. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs git in the work tree. @returns stdout without the last line feed. @throws with git's stderr in the message. */
  git(...args: string[]): Promise<string>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
  /** Commits everything in the work tree, also when nothing changed. @returns the commit id. */
  commit(message: string, options?: CommitOptions): Promise<string>;
  /** Another clone of the same remote, as a second machine would have it; goes when this one goes. */
  clone(): Promise<TemporaryRepository>;
  /** The same at another place, with its remote and all that lies in its git folder; the caller disposes it. */
  copy(): Promise<TemporaryRepository>;
  /** Keeps all of it as it is, at once. @returns puts that back in the same place; to be called once. */
  snapshot(): () => Promise<void>;
  dispose(): Promise<void>;
}

export interface CommitOptions {
  /** Author and committer date, epoch milliseconds. Default: one minute after the one before. */
  readonly at?: number;
  readonly author?: { readonly name: string; readonly email: string };
}

export interface RepositoryOptions {
  /** Adds a bare `origin` that holds `main`. */
  readonly remote?: boolean;
  /** How object ids are made. Default: as git does by itself. */
  readonly objectFormat?: "sha1" | "sha256";
  /** `true`: nothing is committed. Default: one commit with a README. */
  readonly empty?: boolean;
  /** Written to the repository's own configuration, such as `{ "core.autocrlf": "true" }`. */
  readonly config?: Readonly<Record<string, string>>;
}

/** Date of the first commit of every temporary repository. */
export const firstCommitAt = Date.UTC(2026, 0, 1);

/** A real repository on `main` in a folder of its own, removed when the running test ends. */
export async function temporaryRepository(options: RepositoryOptions = {}): Promise<TemporaryRepository> {
  const repository = await createRepository(options);
  onTestFinished(() => repository.dispose());
  return repository;
}

/** As `temporaryRepository`, for `beforeAll`; the caller disposes it. */
export function createRepository(options: RepositoryOptions = {}): Promise<TemporaryRepository> {
  return createPrepared(`repository ${JSON.stringify(options)}`, () => makeRepository(options));
}

/**
 * What `make` makes, in a folder of its own: made once in a run of the tests and copied whenever it is asked for again.
 *
 * @param name all that `make` depends on; the same in all files.
 */
export async function createPrepared(
  name: string,
  make: () => Promise<TemporaryRepository>,
): Promise<TemporaryRepository> {
  const folder = await createPreparedFolder(name, {
    make: async () => dirname((await make()).root),
    redirect: (at, from, to) => redirect(join(at, "work"), from, to),
  });
  const remote = join(folder, "remote.git");
  return repositoryIn(folder, join(folder, "work"), existsSync(remote) ? remote : null);
}

async function makeRepository(options: RepositoryOptions): Promise<TemporaryRepository> {
  const folder = await createFolder();
  const root = join(folder, "work");
  const repository = repositoryIn(folder, root, options.remote === true ? join(folder, "remote.git") : null);

  await mkdir(root);
  await writeFile(repository.env["GIT_CONFIG_GLOBAL"]!, withoutHousekeeping);
  const format = options.objectFormat === undefined ? [] : [`--object-format=${options.objectFormat}`];
  await repository.git("init", "--quiet", "--initial-branch=main", ...format);
  for (const [key, value] of Object.entries(options.config ?? {})) await repository.git("config", key, value);
  if (options.empty === true) return repository;

  await repository.write("README.md", "# A repository\n");
  await repository.commit("Start");
  if (repository.remote === null) return repository;

  await repository.git("init", "--quiet", "--bare", "--initial-branch=main", ...format, repository.remote);
  await repository.git("remote", "add", "origin", repository.remote);
  await repository.git("push", "--quiet", "--set-upstream", "origin", "main");
  await repository.git("remote", "set-head", "origin", "main");
  return repository;
}

function repositoryIn(folder: string, root: string, remote: string | null): TemporaryRepository {
  const env = isolatedEnvironment(folder);
  const clockFile = join(folder, "clock");
  let clock = existsSync(clockFile) ? Number(readFileSync(clockFile, "utf8")) : firstCommitAt - 60_000;

  async function git(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<string> {
    return startGit(args, { cwd: root, env: { ...env, ...extra } });
  }

  return {
    root,
    remote,
    env,
    git: (...args) => git(args),

    async write(path, content) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    },

    remove: (path) => rm(join(root, path), { recursive: true, force: true }),

    async commit(message, { at = clock + 60_000, author } = {}) {
      clock = at;
      writeFileSync(clockFile, String(at)); // copies go on from here
      const date = `@${Math.floor(at / 1000)} +0000`;
      const person = author === undefined ? {} : { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email };
      await git(["add", "--all"]);
      await git(["commit", "--quiet", "--allow-empty", "--message", message], {
        ...person,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      });
      return git(["rev-parse", "HEAD"]);
    },

    async clone() {
      if (remote === null) throw new Error("only a repository made with { remote: true } can be cloned");
      const other = await mkdtemp(join(folder, "clone-"));
      await git(["clone", "--quiet", remote, other]);
      return repositoryIn(folder, other, remote);
    },

    async copy() {
      const other = await createFolder();
      copyFolder(folder, other);
      const moved = (place: string) => join(other, relative(folder, place));
      await redirect(moved(root), folder, other);
      return repositoryIn(other, moved(root), remote === null ? null : moved(remote));
    },

    snapshot() {
      const kept = mkdtempSync(`${folder}-kept-`);
      copyFolder(folder, kept);
      return async () => {
        await removeFolder(folder);
        renameSync(kept, folder);
      };
    },

    dispose: () => removeFolder(folder),
  };
}

/** Makes the remotes of a repository that was moved or copied follow. */
async function redirect(root: string, from: string, to: string): Promise<void> {
  const config = join(root, ".git/config");
  await writeFile(config, (await readFile(config, "utf8")).replaceAll(from, to));
}

/** git would start two processes after each push and fetch to see whether there is something to tidy up. */
const withoutHousekeeping = "[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[receive]\n\tautogc = false\n";

/** Keeps `PATH` and little else of this process; identity and dates are fixed. */
function isolatedEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GIT_CONFIG_GLOBAL: join(home, "gitconfig"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada Example",
    GIT_AUTHOR_EMAIL: "ada@example.com",
    GIT_COMMITTER_NAME: "Ada Example",
    GIT_COMMITTER_EMAIL: "ada@example.com",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
    TZ: "UTC",
  };
}
