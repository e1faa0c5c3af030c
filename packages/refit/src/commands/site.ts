import { UsageError } from "@refit/core/errors";
import { counted } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage = "refit site [--output FOLDER] [--offline] [--json]";
export const summary =
  "Write plain pages about all models over time into a folder: what is live, what happened, how versions compare. Only changed pages are written again.";
export const examples = [
  ["refit site", "into the folder _site"],
  ["refit site --output pages --offline", "elsewhere, of what this clone knows"],
] as const;
export const options = { output: { type: "string" }, offline: { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  output: "the folder; default: _site. A folder with other files in it is not touched",
  offline:
    "use only what this clone knows; default: where the remote is on GitHub and GITHUB_TOKEN is set, GitHub is asked",
  json: "print what was written as JSON",
};
export const asksForge = true;

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("site takes no arguments.", usage);
  const { writeSite } = await import("../runs/site/write-site.ts");
  const done = await writeSite(ports, flags.output ?? "_site");
  if (flags.json === true) {
    ports.out.print(JSON.stringify(done, null, 2));
    return 0;
  }
  const { folder, models, files, written, removed } = done;
  const changed = `${written} written, ${files - written} unchanged${removed === 0 ? "" : `, ${removed} removed`}`;
  ports.out.print(`${folder}/index.html: ${counted(models, "model")}, ${counted(files, "file")} (${changed})`);
  return 0;
}
