import { readFile } from "node:fs/promises";

/** How many processes of git have begun, by what they wrote under `GIT_TRACE`; 0 where there is no such file. @param command left out: all */
export async function commandsIn(trace: string, command = "[\\w-]+"): Promise<number> {
  const said = await readFile(trace, "utf8").catch(() => "");
  return [...said.matchAll(new RegExp(`trace: built-in: git ${command}\\b`, "g"))].length;
}
