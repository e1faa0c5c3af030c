const credentials = [
  /(?<=\/\/)[^/@\s]+(?=@)/g, // user:password@ in a URL
  /\bgh[a-z]_[A-Za-z0-9._-]{20,}/g,
  /\bgithub_pat_\w{20,}/g,
  /(?<=authorization:\s*\w+\s+)\S+/gi,
];

/** Replaces tokens and passwords in text from outside, before it becomes part of a message. */
export function redact(text: string): string {
  return credentials.reduce((result, pattern) => result.replace(pattern, "***"), text);
}
