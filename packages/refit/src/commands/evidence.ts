import { UsageError } from "@refit/core/errors";
import { checkModelName } from "@refit/core/history";
import { evidenceReport, htmlReport, terminalReport } from "@refit/core/report";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import { gatherEvidence } from "../runs/evidence.ts";
import { encodeText } from "../text.ts";
import { refuseInsideVersion } from "../versions/read-whole.ts";
import type { Flags } from "./command.ts";

export const usage = "refit evidence <model>[@vN] [--output FOLDER] [--offline] [--json]";
export const summary =
  "Put together what is known of a version: who approved what, what changed, data and digests, metrics by group, lineage, how long it was live, what is kept.";
export const examples = [
  ["refit evidence churn@v3", "in the terminal"],
  ["refit evidence churn --output evidence/churn", "of the live version, as a page and as JSON"],
] as const;
export const options = {
  output: { type: "string" },
  offline: { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  output: "write evidence.html and evidence.json into this folder",
  offline: "do not ask the forge; then it is not known who has approved it",
  json: "print it as JSON",
};
export const asksForge = true;

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) throw new UsageError("evidence needs one model, such as churn@v3.", usage);
  const [model = "", wanted] = word.split("@");
  checkModelName(model);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const folder = flags.output === undefined ? null : path.resolve(ports.workTree.here, flags.output);
  if (folder !== null) await refuseInsideVersion(ports, repository, folder, usage);
  const evidence = await gatherEvidence(ports, repository, model, wanted);
  const json = JSON.stringify(evidence, null, 2);
  const report = evidenceReport(evidence);
  if (folder !== null) {
    const origin = [`Put together on ${evidence.writtenAt} from history, ledger, tree and forge.`];
    await ports.files.write(path.join(folder, "evidence.html"), encodeText(htmlReport(report, () => null, origin)));
    await ports.files.write(path.join(folder, "evidence.json"), encodeText(`${json}\n`));
  }
  if (flags.json === true) ports.out.print(json);
  else if (folder !== null) ports.out.print(path.join(folder, "evidence.html"));
  else for (const line of terminalReport(report, ports.out.width)) ports.out.print(line);
  return 0;
}
