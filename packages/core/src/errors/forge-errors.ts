import { redact } from "./secrets.ts";
import { RefitError } from "./refit-error.ts";

export class TokenMissingError extends RefitError {
  readonly code = "token-missing";
  readonly hint =
    "In the action, leave the input `github-token` at its default. In a step of your own, set `env: { GITHUB_TOKEN: ${{ github.token }} }`. Without GitHub, use `--forge local`.";

  constructor() {
    super("refit has no token for GitHub: neither REFIT_TOKEN nor GITHUB_TOKEN is set.");
  }
}

export class TokenInvalidError extends RefitError {
  readonly code = "token-invalid";
  readonly hint = "Create a new token, or pass `${{ github.token }}`. A GitHub App's token expires after an hour.";

  constructor(said: string, options?: ErrorOptions) {
    super(`GitHub does not accept the token: ${redact(said)}`, options);
  }
}

/** A push that was refused as a whole, not by a rule about one branch. */
export class TokenReadOnlyError extends RefitError {
  readonly code = "token-read-only";
  readonly hint =
    "Give the job `permissions: { contents: write }`. Runs for pull requests from forks never get it; only `refit verify` works there.";

  constructor(remote: string, said: string, options?: ErrorOptions) {
    super(`The remote \`${remote}\` allows this token to read, but not to push: ${redact(said.trim())}`, options);
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
    super(`The token does not have the permission ${permission}: ${redact(said)}`, options);
    this.permission = permission;
    // A workflow's `permissions` know no `metadata`: a token that may see the repository has it.
    this.hint = permission.startsWith("metadata")
      ? "Give the token access to this repository."
      : `Give the job \`permissions: { ${permission} }\`, or give the token that permission.`;
  }
}

/** The branch is pushed and stays; only the pull request could not be opened. */
export class PullRequestsOffError extends RefitError {
  readonly code = "pull-requests-off";
  readonly hint: string;

  /** @param compareUrl page where a person can open the pull request by hand. */
  constructor(settingsUrl: string, branch: string, compareUrl: string, options?: ErrorOptions) {
    super(
      `\`${branch}\` is pushed, but GitHub Actions is not allowed to open pull requests in this repository. To open it by hand: ${compareUrl}`,
      options,
    );
    this.hint = `Turn on "Allow GitHub Actions to create and approve pull requests" at ${settingsUrl}; the next run opens the pull request without training again.`;
  }
}

export class ForgeUnavailableError extends RefitError {
  readonly code = "forge-unavailable";
  readonly hint = "Run the same command again later. It continues where this run stopped.";

  constructor(said: string, options?: ErrorOptions) {
    super(`GitHub did not answer as expected, even after retries: ${redact(said)}`, options);
  }
}

/** The forge refused for a reason that has no error of its own. */
export class ForgeRefusedError extends RefitError {
  readonly code = "forge-refused";
  readonly hint = "The message comes from GitHub. Change what it asks for and run again.";

  constructor(what: string, said: string, options?: ErrorOptions) {
    super(`GitHub refused to ${what}: ${redact(said)}`, options);
  }
}
