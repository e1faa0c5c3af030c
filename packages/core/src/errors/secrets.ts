// The one list of what refit treats as a secret. Git's filters, child processes and messages all use it.

/** Variables that carry a credential of refit, of the workflow run, or of a forge, and the inputs and state of an action. */
const secretNames = [
  /^REFIT_(?:TOKEN|WEBHOOK_\w+)$/i,
  /^(?:GH|GITHUB)(?:_ENTERPRISE)?_TOKEN$/i,
  /^(?:GITLAB|GITEA|FORGEJO|CI_JOB)_TOKEN$/i,
  /^ACTIONS_/i, // the runner's own: OpenID Connect, cache, artifacts
  /^(?:INPUT|STATE)_/i, // `INPUT_GITHUB-TOKEN` is the action's input
];

/** Tokens and passwords as they stand in text. Each match is replaced as a whole. */
const secretShapes = [
  /(?<=\/\/)[^/@\s:]*:(?!\d{1,5}(?:\/|$))[^\s"'`<>]*(?=@)/g, // user:password@ in a URL, also with a slash that is not encoded
  /(?<=\/\/)[^/@\s]+(?=@)/g, // token@ in a URL
  /\bgh[a-z]_[A-Za-z0-9._-]{20,}/g, // GitHub's tokens
  /\bgithub_pat_\w{20,}/g, // GitHub's fine-grained tokens
  /\bgl[a-z]{2,7}-[\w-]{20,}/g, // GitLab's tokens
  /\b(?:ATBB|ATCTT3)[\w=-]{20,}/g, // Bitbucket's tokens
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bhf_[A-Za-z0-9]{30,}/g, // Hugging Face's tokens
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, // keys of AWS
  /\bya29\.[\w-]{20,}/g, // Google's access tokens
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/g, // JSON web tokens
  /(?<=authorization:\s*\w+\s+)\S+/gi, // headers
  /(?<=\b(?:private-token|job-token|x-api-key):\s*)\S+/gi,
  /(?<=[?&;](?:(?:access|private|job|auth|refresh|id)_?token|token|password|client_secret|api_?key|sig(?:nature)?|X-(?:Amz|Goog)-(?:Signature|Security-Token|Credential))=)[^&\s"'`]+/gi, // a signed URL
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
