import path from "node:path";
import { UsageError } from "@refit/core/errors";
import { quoteForTerminal } from "@refit/core/report";
import type { ServingLog } from "../ports/http-server.ts";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

/** The variable with the salt of keys: whoever has it can tell which lines are about whom. */
export const SALT = "REFIT_LOG_SALT";

/** Where answers are written down, as the flags say; `null`: nowhere. @throws UsageError */
export function servingLog(
  { workTree, variables, out }: Pick<Ports, "workTree" | "variables" | "out">,
  flags: Flags,
  usage: string,
): Omit<ServingLog, "columns"> | null {
  const { log: place, "log-sample": sample, "log-keys": keys = "hashed" } = flags;
  if (place === undefined) {
    const other = sample !== undefined ? "sample" : flags["log-keys"] !== undefined ? "keys" : null;
    if (other !== null) throw new UsageError(`--log-${other} needs --log.`, usage);
    return null;
  }
  if (keys !== "hashed" && keys !== "plain") {
    throw new UsageError(`--log-keys ${quoteForTerminal(keys)} is neither hashed nor plain.`, usage);
  }
  const share = Number(sample ?? "1");
  if (!(share > 0 && share <= 1)) {
    throw new UsageError(
      `--log-sample ${quoteForTerminal(sample ?? "")} is not a number above 0 and at most 1.`,
      usage,
    );
  }
  const salt = variables.valueOf(SALT);
  if (keys === "hashed" && salt === null) {
    out.notice(`The log has no keys, only ids of requests: set ${SALT} to a secret text, with which keys are hashed.`);
  }
  return {
    place: placeOf(place, workTree.here, usage),
    share,
    ...(keys === "plain" ? { keys } : salt === null ? {} : { keys: { salt } }),
    onFailure: (error) =>
      out.notice(`The log could not be written: ${String(error)}. Answers go on; lines are lost until it can be.`),
  };
}

/** @throws UsageError */
function placeOf(place: string, here: string, usage: string): string {
  if (!/^[a-z][a-z\d+.-]+:/i.test(place)) return path.resolve(here, place);
  if (/^https?:/.test(place) && URL.canParse(place)) {
    const { username, password } = new URL(place);
    if (username === "" && password === "") return place;
    // `fetch` refuses it with a message that has the password in it.
    throw new UsageError("--log is an address with a user name or a password: nothing can be sent there.", usage);
  }
  throw new UsageError(
    `--log ${quoteForTerminal(place)} is neither a folder nor an address of https: or http:.`,
    usage,
  );
}
