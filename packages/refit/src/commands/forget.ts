import path from "node:path";
import type { Forgotten } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import { counted, quoteForTerminal } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { forgetPredictions } from "../runs/forget-predictions.ts";
import type { Flags } from "./command.ts";
import { SALT } from "./serving-log.ts";

/** `refit log forget`: takes lines out of a prediction log. @returns 2 where some had to stay */
export async function forget(ports: Ports, args: readonly string[], flags: Flags, usage: string): Promise<number> {
  const [folder, ...more] = args;
  if (folder === undefined || more.length > 0) throw new UsageError("log forget needs one folder.", usage);
  const { key, "older-than": age } = flags;
  if (key === undefined && age === undefined)
    throw new UsageError("log forget needs --key, --older-than, or both: it removes nothing else.", usage);
  if (age !== undefined && !/^[1-9]\d{0,4}$/.test(age)) {
    throw new UsageError(`--older-than ${quoteForTerminal(age)} is not a whole number of days.`, usage);
  }
  const absolute = path.resolve(ports.workTree.here, folder);
  if ((await ports.files.list(absolute)).length === 0) {
    ports.out.notice(
      `There is no file in ${quoteForTerminal(folder)}: name the folder that \`refit serve --log\` writes to.`,
    );
  }
  const forgotten = await forgetPredictions(ports, {
    folder: absolute,
    key: key === undefined ? null : keyValues(key),
    salt: ports.variables.valueOf(SALT),
    olderThanDays: age === undefined ? null : Number(age),
    dryRun: flags["dry-run"] === true,
  });
  const { open, unreadable } = forgotten;
  if (flags.json === true) ports.out.print(JSON.stringify(forgotten satisfies Forgotten, null, 2));
  else for (const sentence of sentences(forgotten, flags)) ports.out.print(sentence);
  return open.length > 0 || unreadable > 0 ? 2 : 0;
}

/** Of several columns a JSON list, in the order of `key` in model.yaml. */
function keyValues(word: string): string[] {
  try {
    const list = JSON.parse(word) as unknown;
    if (Array.isArray(list) && list.length > 0) return list.map(String);
  } catch {
    // It is the value itself.
  }
  return [word];
}

function sentences({ lines, oldFiles, open, unreadable }: Forgotten, flags: Flags): string[] {
  const verb = flags["dry-run"] === true ? "would be removed" : "removed";
  return [
    ...(flags.key === undefined ? [] : [`${counted(lines, "line")} with this key ${verb}.`]),
    ...(flags["older-than"] === undefined ? [] : [`${counted(oldFiles, "old file")} ${verb}.`]),
    ...(unreadable === 0
      ? []
      : [
          `${counted(unreadable, "line")} with a hashed key could not be compared: set ${SALT} to the text that they were hashed with, and run it again.`,
        ]),
    ...(open.length === 0
      ? []
      : [
          `${counted(open.length, "file")} may still be written to, and ${open.length === 1 ? "was" : "were"} left as ${open.length === 1 ? "it is" : "they are"}: run it again after the hour.`,
          ...open.map((name) => `  ${name}`),
        ]),
  ];
}
