import { expect, it } from "vitest";
import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";
import { run } from "./log.ts";

it.each<[args: readonly string[], flags: Flags, message: string]>([
  [["churn"], { key: "c17" }, "--key, --older-than and --dry-run are for log forget."],
  [["churn"], { "dry-run": true }, "--key, --older-than and --dry-run are for log forget."],
  [
    ["forget", "predictions"],
    { "dry-run": true },
    "log forget needs --key, --older-than, or both: it removes nothing else.",
  ],
  [["forget"], { key: "c17" }, "log forget needs one folder."],
])("says of `refit log` with %j and %j what is wrong", async (args, flags, message) => {
  const error: unknown = await run({} as Ports, args, flags).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(UsageError);
  expect((error as UsageError).message).toBe(message);
});
