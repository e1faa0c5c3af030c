import { redact } from "./secrets.ts";
import { RefitError } from "./refit-error.ts";

export class GitMissingError extends RefitError {
  readonly code = "git-missing";
  readonly hint = "Install git 2.31 or newer and put it on the PATH.";

  constructor(options?: ErrorOptions) {
    super("Cannot run `git`: the program was not found.", options);
  }
}

/** git said no in a way that we have no better words for. */
export class GitFailedError extends RefitError {
  readonly code = "git-failed";
  readonly hint = "Run the git command by hand in this repository to see more.";
  /** What git printed on stderr, tokens taken out. */
  readonly stderr: string;

  constructor(command: string, exitCode: number | null, stderr: string, options?: ErrorOptions) {
    const said = redact(stderr.trim());
    super(`\`git ${redact(command)}\` ended with ${exitCode ?? "a signal"}: ${said || "it said nothing"}`, options);
    this.stderr = said;
  }
}

export class NotARepositoryError extends RefitError {
  readonly code = "not-a-repository";
  readonly hint = "Go to a folder of the repository, or make one with `git init`.";

  constructor(folder: string) {
    super(`${folder} is not inside a git repository, and git history is where versions live.`);
  }
}

export class BareRepositoryError extends RefitError {
  readonly code = "bare-repository";
  readonly hint = "Clone it, and run refit in the clone.";

  constructor(folder: string) {
    super(`${folder} is a bare repository: it has no work tree to run in.`);
  }
}

export class NoCommitsError extends RefitError {
  readonly code = "no-commits";
  readonly hint = "Commit what is here: `git add -A && git commit -m Start`.";

  /** The repository's root. */
  readonly folder: string;

  constructor(folder: string) {
    super(`The repository in ${folder} has no commit yet, so there is no base to build on.`);
    this.folder = folder;
  }
}

/** Git history is the registry, so a clone without history would read as "no model yet". */
export class ShallowCloneError extends RefitError {
  readonly code = "shallow-clone";
  readonly hint = "Set `fetch-depth: 0` on actions/checkout, or run `git fetch --unshallow`.";

  constructor(folder: string) {
    super(`Cannot read the versions in ${folder}: this clone was cut short and does not hold the whole history.`);
  }
}

export class BaseNotFoundError extends RefitError {
  readonly code = "base-not-found";
  readonly hint = "Name the default branch with `--base <branch>`, and fetch it.";

  constructor(branch: string | null) {
    super(
      branch === null
        ? "Cannot tell which branch is the default one: the remote names none, and there is no `main` or `master`."
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
      `\`${branch}\` and \`${remote}/${branch}\` have diverged: ${ahead} and ${behind} commits that the other has not.`,
    );
    this.hint = `Bring them together first, for example \`git switch ${branch} && git pull --rebase\`.`;
  }
}

const noLogin = /could not read (Username|Password)|authentication failed|invalid (username|credentials)|\b401\b/i;

export class RemoteUnreachableError extends RefitError {
  readonly code = "remote-unreachable";
  readonly hint: string;

  constructor(remote: string, said: string, options?: ErrorOptions) {
    const byLogin = noLogin.test(said);
    const what = byLogin
      ? `The remote \`${remote}\` asks for a login and got none that it accepts`
      : `Cannot talk to the remote \`${remote}\``;
    super(`${what}: ${redact(said.trim())}`, options);
    this.hint = byLogin
      ? "Pass a valid token (the action's input `github-token`), or log git in; `git fetch` in the same shell must work."
      : "Check the network, the remote's address (`git remote -v`) and the token's rights.";
  }
}

export class GitIdentityError extends RefitError {
  readonly code = "git-identity";
  readonly hint = 'Run `git config user.name "Your Name"` and `git config user.email you@example.com`.';

  constructor(options?: ErrorOptions) {
    super("Cannot commit: git does not know who commits here.", options);
  }
}

/** Someone else moved the ref between our reading and our writing; nothing was overwritten. */
export class RefMovedError extends RefitError {
  readonly code = "ref-moved";
  readonly hint = "Run the same command again: it starts from the new state.";

  constructor(ref: string, options?: ErrorOptions) {
    super(`\`${ref}\` was changed by someone else while refit was working.`, options);
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
        ? `The remote holds another state of ${what} than refit has seen; nothing was overwritten.`
        : `The remote refused ${what}: ${redact(said.trim())}`,
      options,
    );
    this.reason = reason;
    this.hint =
      reason === "moved"
        ? "Run the same command again: it starts from the new state."
        : refs.every((ref) => ref.startsWith("refs/tags/"))
          ? "Let the token make tags such as `churn@v1` in the repository's tag rules; the next run adds what is missing, and nothing that is live depends on it."
          : "Allow refit's branches (`refit--*`, `refit-rollback--*`, `refit-ledger`) in the rules, and let the token write contents.";
  }
}

/** Without its memory refit would propose again what people have declined, so the run ends before any proposal. */
export class LedgerProtectedError extends RefitError {
  readonly code = "ledger-protected";
  readonly hint =
    "Exempt the branch `refit-ledger` from the rules that protect branches, for the account that refit pushes with.";

  constructor(said: string, options?: ErrorOptions) {
    super(`The remote refused the ledger, the branch \`refit-ledger\`: ${redact(said.trim())}`, options);
  }
}

export class LedgerBusyError extends RefitError {
  readonly code = "ledger-busy";
  readonly hint = "Run the same command again when fewer runs are at work.";

  constructor(tries: number, options?: ErrorOptions) {
    super(`Other runs wrote to the ledger first, ${tries} times in a row.`, options);
  }
}

/** `models/<model>.jsonl` on the ledger branch holds a line that refit did not write. */
export class LedgerInvalidError extends RefitError {
  readonly code = "ledger-invalid";
  readonly hint = "Restore the file from the ledger branch's history, or delete the line.";

  constructor(file: string, line: number, problem: string, options?: ErrorOptions) {
    super(`${file}:${line} on the branch \`refit-ledger\` is no ledger row: ${problem}`, options);
  }
}
