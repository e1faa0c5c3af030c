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
    ["fatal: bad object HEAD", /by hand/],
  ])("%s", (said, hint) => {
    expect(new GitFailedError("add", 128, said).hint).toMatch(hint);
  });
});

describe("a system call that fails", () => {
  it("is told with its file", () => {
    const error = Object.assign(new Error("x"), { code: "ENOSPC", syscall: "write", path: "/a/b" });

    expect(systemRefusal(error)).toMatchObject({ message: "Cannot write /a/b: the disk is full." });
  });
});
