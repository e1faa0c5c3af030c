// The one list of what refit treats as a secret. Git's filters, child processes and messages all use it.

/** Variables that carry a credential of refit, of the workflow run, or of a forge, and the inputs and state of an action. */
const secretNames = [
  /^REFIT_TOKEN$/i,
  /^(?:GH|GITHUB)(?:_ENTERPRISE)?_TOKEN$/i,
  /^(?:GITLAB|GITEA|FORGEJO|CI_JOB)_TOKEN$/i,
  /^ACTIONS_/i, // the runner's own: OpenID Connect, cache, artifacts
  /^(?:INPUT|STATE)_/i, // `INPUT_GITHUB-TOKEN` is the action's input
];

/** Tokens and passwords as they stand in text. Each match is replaced as a whole. */
const secretShapes = [
  /(?<=\/\/)[^/@\s]+(?=@)/g, // user:password@ in a URL
  /\bgh[a-z]_[A-Za-z0-9._-]{20,}/g, // GitHub's tokens
  /\bgithub_pat_\w{20,}/g, // GitHub's fine-grained tokens
  /\bglpat-[\w-]{20,}/g, // GitLab's tokens
  /(?<=authorization:\s*\w+\s+)\S+/gi, // a header
  /(?<=[?&](?:access_token|private_token|token|sig|X-Amz-Signature|X-Amz-Security-Token)=)[^&\s"'`]+/gi, // a signed URL
];

/** Whether an environment variable of this name may carry a credential. Names are compared without case. */
export function isSecretName(name: string): boolean {
  return secretNames.some((pattern) => pattern.test(name));
}

/** The environment without variables that may carry a credential, and without those that are `undefined`. */
export function withoutSecrets(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !isSecretName(entry[0])),
  );
}

/** Replaces tokens and passwords in text from outside by `***`, before it becomes part of a message. */
export function redact(text: string): string {
  return secretShapes.reduce((result, pattern) => result.replace(pattern, "***"), text);
}
