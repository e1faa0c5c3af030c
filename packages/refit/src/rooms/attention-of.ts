import { RefitError } from "@refit/core/errors";
import { specPath } from "@refit/core/history";
import { weakenedChecks, weakenedPolicy } from "@refit/core/judge";
import type { ReportInput } from "@refit/core/report";
import { manifestPath } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Context } from "../products/context.ts";
import { readDataManifest, readModelSpec } from "../specs/documents.ts";
import { decodeText } from "../text.ts";

type AttentionPorts = Pick<Ports, "git" | "learners" | "sources">;

/** What a reviewer should know that no gate says. */
export async function attentionOf(ports: AttentionPorts, context: Context): Promise<ReportInput["attention"]> {
  return { rolledBack: rolledBack(context), lowered: await loweredSince(ports, context) };
}

/** The last version that gave way to the one that is live now. */
function rolledBack({ history, champion }: Context): ReportInput["attention"]["rolledBack"] {
  const last = history.rolledBack.findLast(({ to }) => to !== null && to.treeId === champion?.treeId);
  return last === undefined ? null : { label: `v${last.version.number}`, at: last.at };
}

/** What the base branch asks less of now than at the commit that brought the champion. What cannot be read there is not compared. */
async function loweredSince(
  { git, learners, sources }: AttentionPorts,
  { history: { champion }, manifest, repository, request, spec }: Context,
): Promise<readonly string[]> {
  if (champion === null) return [];
  const files = [specPath(request.model, repository), manifestPath(spec.data)];
  const at = (commit: string) => files.map((file) => `${commit}:${file}`);
  const ids = await Promise.all(
    [...at(champion.sha), ...at(repository.baseCommit)].map((object) => git.resolve(object)),
  );
  if (ids[0] === ids[2] && ids[1] === ids[3]) return [];
  const [specText, manifestText] = await git.read(at(champion.sha));
  if (!specText || !manifestText) return [];
  try {
    const then = readModelSpec(files[0]!, decodeText(specText), learners.installed);
    const manifestThen = readDataManifest(files[1]!, decodeText(manifestText), sources.schemes);
    return [...weakenedPolicy(then, spec), ...weakenedChecks(manifestThen, manifest)];
  } catch (error) {
    if (error instanceof RefitError) return [];
    throw error;
  }
}
