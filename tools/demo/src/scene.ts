import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A scratch repository with a real bare remote, and the hands of the person who works in it. */
export interface Scene {
  readonly folder: string;
  readonly root: string;
  /** Sets the time of everything that follows. */
  at(iso: string): void;
  write(file: string, content: string): void;
  /** @returns stdout. @throws when git fails. */
  git(...args: string[]): string;
  /** Commits everything on main and pushes it. */
  commit(message: string): void;
  /** Runs the refit command and prints what it prints. @returns it. @throws when refit has a bug. */
  refit(...args: string[]): string;
  /** What the command prints as JSON. */
  json<T>(...args: string[]): T;
  /** A new paragraph of the story. */
  say(text: string): void;
  /** A line below it. */
  tell(text: string): void;
}

export function createScene(bin: string): Scene {
  const folder = mkdtempSync(path.join(tmpdir(), "refit-demo-"));
  const root = path.join(folder, "repository");
  const remote = path.join(folder, "remote.git");
  mkdirSync(root);
  let now = "1990-01-01T00:00:00Z";

  const gitConfig = path.join(folder, "gitconfig");
  writeFileSync(gitConfig, "[user]\n\tname = A Reviewer\n\temail = reviewer@example.com\n");

  function call(command: string, args: readonly string[]) {
    const env = environmentAt(now, gitConfig);
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, env, encoding: "utf8" });
    return { exitCode: status ?? 1, stdout, stderr };
  }

  function git(...args: string[]): string {
    const { exitCode, stdout, stderr } = call("git", args);
    if (exitCode !== 0) throw new Error(`git ${args.join(" ")} failed:\n${stdout}${stderr}`);
    return stdout.trimEnd();
  }

  git("init", "--quiet", "--initial-branch=main");
  git("init", "--quiet", "--bare", "--initial-branch=main", remote);
  git("remote", "add", "origin", remote);

  const run = (args: readonly string[]) => call(process.execPath, [bin, ...args, "--forge", "local", "--now", now]);

  return {
    folder,
    root,
    at: (iso) => {
      now = iso;
    },
    write(file, content) {
      const target = path.join(root, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, content);
    },
    git,
    commit(message) {
      git("add", "--all");
      git("commit", "--quiet", "--message", message);
      git("push", "--quiet", "origin", "main");
    },
    refit(...args) {
      process.stdout.write(`  $ refit ${args.join(" ")}\n`);
      const { exitCode, stdout, stderr } = run(args);
      process.stdout.write(indent(stdout));
      if (exitCode === 1 || (exitCode === 2 && stdout === ""))
        throw new Error(`refit ${args.join(" ")} failed:\n${stderr}`);
      return stdout;
    },
    json<T>(...args: string[]): T {
      const { exitCode, stdout, stderr } = run([...args, "--json"]);
      if (exitCode === 1) throw new Error(`refit ${args.join(" ")} failed:\n${stdout}${stderr}`);
      return JSON.parse(stdout) as T;
    },
    say: (text) => void process.stdout.write(`\n${text}\n`),
    tell: (text) => void process.stdout.write(indent(text)),
  };
}

/** Only the demo's own git settings, so that the same commits come out on every machine. */
function environmentAt(now: string, gitConfig: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: gitConfig,
    GIT_AUTHOR_DATE: now,
    GIT_COMMITTER_DATE: now,
  };
}

function indent(text: string): string {
  return text === "" ? "" : `${text.trimEnd().replaceAll(/^/gm, "    ")}\n`;
}
