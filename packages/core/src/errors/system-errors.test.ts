import { describe, expect, it } from "vitest";
import { GitFailedError } from "./git-errors.ts";
import { systemRefusal } from "./system-errors.ts";

describe("git that fails because of its machine", () => {
  it.each([
    ["fatal: unable to write loose object file: No space left on device", /Free some space/],
    ["fatal: sha1 file 'index.lock' write error. Out of diskspace", /Free some space/],
    ['error: open("a"): Too many open files', /ulimit -n/],
    ["fatal: cannot create directory at 'x': Read-only file system", /may write/],
    ["fatal: cannot lock ref 'refs/heads/x': File name too long", /Shorten the name/],
    ["fatal: unable to write file x: File too large", /ulimit -f/],
    ["SIGXFSZ", /ulimit -f/],
    ["error: pack-objects died of signal 25", /ulimit -f/],
    ["fatal: bad object HEAD", /by hand/],
  ])("%s", (said, hint) => {
    expect(new GitFailedError("add", 128, said).hint).toMatch(hint);
  });
});

describe("a system call that fails", () => {
  it.each([
    ["ENOSPC", "the disk is full", /Free some space/],
    ["EDQUOT", "the disk quota is used up", /Free some space/],
    ["EFBIG", "it would be larger than a file may be", /ulimit -f/],
  ])("with %s is told with its file", (code, why, hint) => {
    const error = Object.assign(new Error("x"), { code, syscall: "write", path: "/a/b" });

    expect(systemRefusal(error)).toMatchObject({
      message: `Cannot write /a/b: ${why}.`,
      hint: expect.stringMatching(hint),
    });
  });
});
