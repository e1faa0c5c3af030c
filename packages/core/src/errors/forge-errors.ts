import { redact } from "./secrets.ts";
import { RefitError } from "./refit-error.ts";

export class TokenMissingError extends RefitError {
  readonly code = "token-missing";
  readonly hint =
    "Leave the action's input `github-token` as it is, or give it a token that this run may read; in a step of your own set `env: { GITHUB_TOKEN: ${{ github.token }} }`; without GitHub use `--forge local`.";

  constructor() {
    super("refit has no token to talk to GitHub with: neither REFIT_TOKEN nor GITHUB_TOKEN is set.");
  }
}

export class TokenInvalidError extends RefitError {
  readonly code = "token-invalid";
  readonly hint = "Make a new token, or pass `${{ github.token }}`; one of a GitHub App lives for an hour.";

  constructor(said: string, options?: ErrorOptions) {
    super(`GitHub does not accept the token: ${redact(said)}`, options);
  }
}

/** A push that was refused as a whole, not by a rule about one branch. */
export class TokenReadOnlyError extends RefitError {
  readonly code = "token-read-only";
  readonly hint =
    "Give the job `permissions: { contents: write }`; runs for forks never get it, and only `verify` works there.";

  constructor(remote: string, said: string, options?: ErrorOptions) {
    super(`The remote \`${remote}\` lets this token read, but not push: ${redact(said.trim())}`, options);
  }
}

/** The forge that was asked for needs to know which repository this is. */
export class ForgeRepositoryUnknownError extends RefitError {
  readonly code = "forge-repository-unknown";
  readonly hint = "Set `GITHUB_REPOSITORY=<owner>/<name>`, as GitHub Actions does.";

  constructor(value: string | undefined) {
    super(
      value === undefined
        ? "Cannot tell which repository on GitHub this is: GITHUB_REPOSITORY is not set."
        : "Cannot tell which repository on GitHub this is: GITHUB_REPOSITORY is not of the form `<owner>/<name>`.",
    );
  }
}

export class ForgePermissionError extends RefitError {
  readonly code = "forge-permission";
  readonly hint: string;
  /** Such as `pull-requests: write`, as in a workflow's `permissions`. */
  readonly permission: string;

  constructor(permission: string, said: string, options?: ErrorOptions) {
    super(`The token may not do this (${permission} is needed): ${redact(said)}`, options);
    this.permission = permission;
    // A workflow's `permissions` know no `metadata`: a token that may see the repository has it.
    this.hint = permission.startsWith("metadata")
      ? "Give the token access to this repository."
      : `Give the job \`permissions: { ${permission} }\`, or the token that right.`;
  }
}

/** The branch is pushed and stays; only the pull request could not be opened. */
export class PullRequestsOffError extends RefitError {
  readonly code = "pull-requests-off";
  readonly hint: string;

  /** @param compareUrl page where a person can open the pull request by hand. */
  constructor(settingsUrl: string, branch: string, compareUrl: string, options?: ErrorOptions) {
    super(
      `\`${branch}\` is pushed, but GitHub Actions is not permitted to open pull requests in this repository. By hand: ${compareUrl}`,
      options,
    );
    this.hint = `Turn on "Allow GitHub Actions to create and approve pull requests" at ${settingsUrl}; the next run opens it without training again.`;
  }
}

export class ForgeUnavailableError extends RefitError {
  readonly code = "forge-unavailable";
  readonly hint = "Run the same command again later: it goes on where this one stopped.";

  constructor(said: string, options?: ErrorOptions) {
    super(`GitHub did not answer as it should, also when asked again: ${redact(said)}`, options);
  }
}

/** The forge understood and said no, in a way that we have no better words for. */
export class ForgeRefusedError extends RefitError {
  readonly code = "forge-refused";
  readonly hint = "The message is GitHub's own; run again with what it asks for, or report it if it makes no sense.";

  constructor(what: string, said: string, options?: ErrorOptions) {
    super(`GitHub refused to ${what}: ${redact(said)}`, options);
  }
}
