import { plain } from "../spec/plain-text.ts";
import { quoted } from "./name-words.ts";
import { redact } from "./secrets.ts";
import { RefitError } from "./refit-error.ts";
import { systemHint } from "./system-errors.ts";
import { DAY, HOUR } from "../time.ts";

export class GitMissingError extends RefitError {
  readonly code = "git-missing";
  readonly hint = "Install git 2.31 or newer and put it on the PATH.";

  constructor(options?: ErrorOptions) {
    super("Cannot run `git`: the program was not found.", options);
  }
}

/** git failed for a reason that has no error of its own. */
export class GitFailedError extends RefitError {
  readonly code = "git-failed";
  readonly hint: string;
  /** What git printed on stderr, tokens taken out. */
  readonly stderr: string;

  constructor(command: string, exitCode: number | null, stderr: string, options?: ErrorOptions) {
    const said = redact(stderr.trim());
    super(`\`git ${redact(command)}\` ended with ${exitCode ?? "a signal"}: ${said || "it printed nothing"}`, options);
    this.stderr = said;
    this.hint = systemHint(stderr) ?? "Run this git command by hand in the repository to see more.";
  }
}

export class NotARepositoryError extends RefitError {
  readonly code = "not-a-repository";
  readonly hint = "Change into a git repository, or create one with `git init`.";

  constructor(folder: string) {
    super(`${folder} is not inside a git repository. refit keeps versions in git history.`);
  }
}

export class BareRepositoryError extends RefitError {
  readonly code = "bare-repository";
  readonly hint = "Clone it, and run refit in the clone.";

  constructor(folder: string) {
    super(`${folder} is a bare repository, without a work tree that refit could run in.`);
  }
}

export class NoCommitsError extends RefitError {
  readonly code = "no-commits";
  readonly hint = "Commit the files first: `git add -A && git commit -m Start`.";

  /** The repository's root. */
  readonly folder: string;

  constructor(folder: string) {
    super(`The repository in ${folder} has no commit yet.`);
    this.folder = folder;
  }
}

/** Git history is the registry, so a clone without history would read as "no model yet". */
export class ShallowCloneError extends RefitError {
  readonly code = "shallow-clone";
  readonly hint = "Set `fetch-depth: 0` on actions/checkout, or run `git fetch --unshallow`.";

  constructor(folder: string) {
    super(`Cannot read the versions in ${folder}: this is a shallow clone, which does not have the whole history.`);
  }
}

export class BaseNotFoundError extends RefitError {
  readonly code = "base-not-found";
  readonly hint = "Name the default branch with `--base <branch>`, and fetch it.";

  constructor(branch: string | null) {
    super(
      branch === null
        ? "Cannot tell which branch is the default branch: the remote does not say, and there is no `main` or `master`."
        : `The base branch \`${branch}\` exists neither here nor on the remote.`,
    );
  }
}

/** Two histories are two truths; choosing one silently could promote what nobody merged. */
export class BaseDivergedError extends RefitError {
  readonly code = "base-diverged";
  readonly hint: string;

  constructor(branch: string, remote: string, ahead: number, behind: number) {
    super(
      `\`${branch}\` and \`${remote}/${branch}\` have diverged: ${ahead} and ${behind} commits that are not in the other.`,
    );
    this.hint = `Combine them first, for example \`git switch ${branch} && git pull --rebase\`.`;
  }
}

const noLogin = /could not read (Username|Password)|authentication failed|invalid (username|credentials)|\b401\b/i;

export class RemoteUnreachableError extends RefitError {
  readonly code = "remote-unreachable";
  readonly hint: string;

  constructor(remote: string, said: string, options?: ErrorOptions) {
    const byLogin = noLogin.test(said);
    const what = byLogin
      ? `The remote \`${remote}\` asks for a login and did not accept the one that it got`
      : `Cannot talk to the remote \`${remote}\``;
    super(`${what}: ${redact(said.trim())}`, options);
    this.hint = byLogin
      ? "Pass a valid token (in the action: the input `github-token`), or log in with git. `git fetch` in the same shell must work."
      : "Check the network, the remote's address (`git remote -v`) and the token's permissions.";
  }
}

export class GitIdentityError extends RefitError {
  readonly code = "git-identity";
  readonly hint = 'Run `git config user.name "Your Name"` and `git config user.email you@example.com`.';

  constructor(options?: ErrorOptions) {
    super("Cannot commit: git has no user name and e-mail address to commit with.", options);
  }
}

/** The clone asks for signed commits, and no signature came about. */
export class GitSigningError extends RefitError {
  readonly code = "git-signing";
  readonly hint =
    "Make the key available to git where refit runs, or turn signing off in this clone: `git config commit.gpgSign false`.";

  constructor(said: string, options?: ErrorOptions) {
    super(`git could not sign refit's commit, as \`commit.gpgSign\` asks it to: ${redact(said.trim())}`, options);
  }
}

/** Someone else moved the ref between our reading and our writing; nothing was overwritten. */
export class RefMovedError extends RefitError {
  readonly code = "ref-moved";
  readonly hint = "Run the same command again. It starts from the new state.";

  constructor(ref: string, options?: ErrorOptions) {
    super(`\`${ref}\` changed while refit was working, or another process holds its lock.`, options);
  }
}

/** A git process that was killed while it wrote leaves its lock file, and every later one refuses to write. */
export class GitLockedError extends RefitError {
  readonly code = "git-locked";
  readonly hint: string;

  /**
   * @param age milliseconds since the file was made; `null`: it is gone by now, or on another machine.
   * @param options `isRemote`: the repository that was pushed to has it.
   */
  constructor(file: string, age: number | null, { isRemote = false, ...options }: LockedOptions = {}) {
    const since = age === null ? "" : ` It was made ${ageText(age)} ago.`;
    super(`${isRemote ? "The remote" : "git"} cannot write, because the lock file ${file} is there.${since}`, options);
    const place = isRemote ? " on the machine that it is on" : "";
    this.hint = `${removal(file, isRemote)}${place}; otherwise wait for it to end. Then run the same command again.`;
  }
}

interface LockedOptions extends ErrorOptions {
  readonly isRemote?: boolean;
}

/** A lock file that stays though nothing has met it yet, as a git that was killed after its work leaves it. */
export interface LeftLock {
  readonly file: string;
  /** Milliseconds since the file was made. */
  readonly age: number;
  /** The remote has it, in a folder of this machine. */
  readonly isRemote: boolean;
}

/** What a person has to know of it, and what to do. */
export function leftLockWords({ file, age, isRemote }: LeftLock): { readonly what: string; readonly fix: string } {
  return {
    what: `The lock file ${file} has been there for ${ageText(age)}, and git cannot change what it locks.`,
    fix: `${removal(file, isRemote)}; otherwise there is nothing to do.`,
  };
}

/** Nobody but the reader knows whether a process holds it. */
function removal(file: string, isRemote: boolean): string {
  const idle = isRemote
    ? "If nobody is pushing to the remote at the moment"
    : "If no git command and no other run of refit is at work in this repository";
  return `${idle}, delete it with \`rm ${shellWord(file)}\``;
}

/** A path for a POSIX shell. Names of branches and tags may hold what a shell would run between double quotes. */
function shellWord(file: string): string {
  const word = quoted(file, 500);
  return /[$`\\!]/.test(word) ? `'${plain(file).replaceAll("'", String.raw`'\''`)}'` : word;
}

/** Such as `3 hours`, in the largest unit that fits. */
function ageText(age: number): string {
  const units = [
    ["day", DAY],
    ["hour", HOUR],
    ["minute", 60_000],
  ] as const;
  const [unit, size] = units.find((each) => age >= each[1]) ?? (["second", 1000] as const);
  const count = Math.floor(age / size);
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** Git keeps a branch in a file of its name, so `a` and `a/b` cannot both exist. */
export class BranchInTheWayError extends RefitError {
  readonly code = "branch-in-the-way";
  readonly hint: string;

  /** @param ref full name of what is there. */
  constructor(branch: string, ref: string, options?: ErrorOptions) {
    const present = ref.replace(/^refs\/(?:heads|tags)\//, "");
    super(
      `git cannot create \`${branch}\` while \`${present}\` exists: one name begins with the other and a slash.`,
      options,
    );
    this.hint = ref.startsWith("refs/heads/")
      ? `Rename that branch, for example \`git branch -m ${present} old-${present.split("/").at(-1)}\`. Branches that begin with \`refit-\` belong to refit.`
      : `Rename or delete \`${ref}\`, then run the same command again.`;
  }
}

/** Moving a branch under a checkout would make its files look like edits. */
export class BranchCheckedOutError extends RefitError {
  readonly code = "branch-checked-out";
  readonly hint: string;

  constructor(branch: string, folder: string) {
    super(`refit has to move the branch \`${branch}\`, but it is checked out in ${folder}.`);
    this.hint = `Switch to another branch there, for example \`git -C ${folder} switch -\`.`;
  }
}

/** `moved`: the remote holds something else by now. `refused`: rules or rights forbid the push. */
export class PushRejectedError extends RefitError {
  readonly code = "push-rejected";
  readonly hint: string;
  readonly reason: "moved" | "refused";

  constructor(reason: "moved" | "refused", refs: readonly string[], said: string, options?: ErrorOptions) {
    const what = refs.map((ref) => `\`${ref}\``).join(", ");
    super(
      reason === "moved"
        ? `${what} on the remote changed while refit was working. Nothing was overwritten.`
        : `The remote refused ${what}: ${redact(said.trim())}`,
      options,
    );
    this.reason = reason;
    this.hint =
      reason === "moved"
        ? "Run the same command again. It starts from the new state."
        : refs.every((ref) => ref.startsWith("refs/tags/"))
          ? "In the repository's tag rules, allow this token to create tags such as `churn@v1`. The next run creates the missing tags. The champion does not depend on them."
          : "In the repository's rules, allow refit's branches (`refit--*`, `refit-group--*`, `refit-rollback--*`, `refit-import--*`, `refit-canary--*`, `refit-policy--*`, `refit-ledger`), and give the token `contents: write`.";
  }
}

/** On one of refit's branches is work that refit did not make; a new version would take its place. */
export class BranchHeldError extends RefitError {
  readonly code = "branch-held";
  readonly hint: string;

  /** @param remote name of the remote that has it; `null`: it is in this clone. */
  constructor(branch: string, head: string, remote: string | null, options?: ErrorOptions) {
    const where = remote === null ? "in this clone" : `on ${remote}`;
    super(
      `The branch \`${branch}\` ${where} has a commit that refit did not make (${head.slice(0, 10)}), so it was left alone.`,
      options,
    );
    const remove = remote === null ? `git branch -D ${branch}` : `git push ${remote} :${branch}`;
    this.hint = `Merge it, or move the commit to a branch of your own and delete this one (\`${remove}\`). Then run the same command again.`;
  }
}

/** Without its memory refit would propose again what people have declined, so the run ends before any proposal. */
export class LedgerProtectedError extends RefitError {
  readonly code = "ledger-protected";
  readonly hint =
    "In the branch protection rules, exempt the branch `refit-ledger` for the account that refit pushes with.";

  constructor(said: string, options?: ErrorOptions) {
    super(
      `The remote refused a push to \`refit-ledger\`, the branch where refit keeps its records: ${redact(said.trim())}`,
      options,
    );
  }
}

export class LedgerBusyError extends RefitError {
  readonly code = "ledger-busy";
  readonly hint = "Run the same command again when fewer runs are active.";

  constructor(tries: number, options?: ErrorOptions) {
    super(`Other runs wrote to the ledger (\`refit-ledger\`) first, ${tries} times in a row.`, options);
  }
}

/** `models/<model>.jsonl` on the ledger branch holds a line that refit did not write. */
export class LedgerInvalidError extends RefitError {
  readonly code = "ledger-invalid";
  readonly hint = "Restore the file from the ledger branch's history, or delete the line.";

  constructor(file: string, line: number, problem: string, options?: ErrorOptions) {
    super(`${file}:${line} on the branch \`refit-ledger\` is not a ledger row: ${problem}`, options);
  }
}
