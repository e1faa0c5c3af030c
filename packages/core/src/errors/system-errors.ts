import { RefitError } from "./refit-error.ts";
import { redact } from "./secrets.ts";

/** What the operating system can refuse, by its own code, with what to do about it. */
const advice: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOSPC: ["the disk is full", "Free some space on that disk, then run the same command again."],
  EDQUOT: ["the disk quota is used up", "Free some space, then run the same command again."],
  EFBIG: [
    "it would be larger than a file may be",
    "Raise the limit, for example `ulimit -f unlimited`, or move the repository to a disk that takes larger files.",
  ],
  EMFILE: [
    "too many files are open",
    "Raise the limit, for example `ulimit -n 4096`, then run the same command again.",
  ],
  ENFILE: ["too many files are open on this machine", "Close other programs, then run the same command again."],
  ENOMEM: ["there is not enough memory", "Close other programs, then run the same command again."],
  EAGAIN: ["too many processes are running", "Close other programs, then run the same command again."],
  EROFS: ["the file system is read-only", "Run refit where it may write, or make the file system writable."],
  EACCES: ["permission denied", "Give the user that runs refit the right to read and write it."],
  EPERM: ["the operation is not permitted", "Give the user that runs refit the right to read and write it."],
  ENAMETOOLONG: [
    "the name is too long",
    "Shorten the name of the file, the model or the folder that the repository is in.",
  ],
  EISDIR: ["a folder is in the place of a file", "Move the folder away, then run the same command again."],
  ENOTEMPTY: ["a folder is in the place of a file", "Move the folder away, then run the same command again."],
  ENOTDIR: ["a file is in the place of a folder", "Move the file away, then run the same command again."],
  EEXIST: ["something else is in its place", "Move it away, then run the same command again."],
  EIO: ["the disk failed", "Check the disk, then run the same command again."],
};

/** How programs that refit starts, such as git, say the same. */
const saidByPrograms: readonly [said: RegExp, code: string][] = [
  [/no space left on device|out of diskspace/i, "ENOSPC"],
  [/disk quota exceeded/i, "EDQUOT"],
  // The kernel ends a program with this signal, of which git knows the number, before it says anything.
  [/file too large|SIGXFSZ|died of signal 25\b/i, "EFBIG"],
  [/too many open files in system/i, "ENFILE"],
  [/too many open files/i, "EMFILE"],
  [/cannot allocate memory/i, "ENOMEM"],
  [/read-only file system/i, "EROFS"],
  [/file name too long/i, "ENAMETOOLONG"],
];

/** What to do where a program failed because of the system that it ran on; `null`: it says nothing of that. */
export function systemHint(stderr: string): string | null {
  const code = saidByPrograms.find(([said]) => said.test(stderr))?.[1];
  return (code !== undefined && advice[code]?.[1]) || null;
}

/** The machine is in a state in which refit cannot go on; the sentence names the file. */
export class SystemRefusedError extends RefitError {
  readonly code = "system-refused";
  readonly hint: string;

  constructor(what: string, hint: string, options?: ErrorOptions) {
    super(what, options);
    this.hint = hint;
  }
}

/** The failure of a system call as an error that is foreseen; `null` for anything else. */
export function systemRefusal(error: unknown): SystemRefusedError | null {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return null;
  const [what, hint] = advice[String(error.code)] ?? [];
  if (what === undefined) return null;
  const at = "path" in error && typeof error.path === "string" ? ` ${redact(error.path)}` : "";
  const to = "dest" in error && typeof error.dest === "string" ? ` to ${redact(error.dest)}` : "";
  return new SystemRefusedError(`Cannot ${String(error.syscall)}${at}${to}: ${what}.`, hint!, { cause: error });
}
