import { type Attention, attentionTo } from "@refit/core/decide";
import { attentionWords } from "@refit/core/report";
import type { Diagnosis } from "../../ports/diagnosis.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Context } from "../../products/context.ts";
import { canaryStatus } from "../../versions/live-canary.ts";
import { unreadyAmong } from "../unready.ts";

/** What ends the next run; the rest only ages. A proposal waits for people, and a row of drafts has a diagnosis of its own. */
const severities: Readonly<Record<Attention["kind"], Diagnosis["severity"] | null>> = {
  broken: "error",
  blocked: "error",
  rejected: "warning",
  unreadable: "error",
  "learner-missing": "error",
  "unmatched-files": "warning",
  "stale-clone": "warning",
  canary: "warning",
  inconclusive: null,
  proposal: null,
};

/** What `status` calls for attention is a problem here, too. */
export async function diagnoseAttention(
  ports: Pick<Ports, "clock" | "git" | "learners">,
  repository: Repository,
  contexts: readonly Context[],
): Promise<Diagnosis[]> {
  const now = ports.clock.now();
  const unready = await unreadyAmong(ports, repository, contexts);
  const fetchedAt = await ports.git.fetchedAt(repository);
  const found: Diagnosis[] = [];
  for (const context of contexts) {
    const { request, history, canaries, ledger } = context;
    const attention = attentionTo({
      now,
      state: history.state,
      champion: history.champion && history.champion.treeId,
      ledger,
      unreadable: null,
      missingLearners: await unready.missingLearners(context),
      unmatched: unready.unmatched(context),
      proposal: null,
      canary: canaries.running && canaryStatus(canaries.running),
      fetchedAt,
    });
    for (const each of attention) {
      const severity = severities[each.kind];
      const { what, fix } = attentionWords(request.model, each, now);
      const named = each.kind === "stale-clone" ? what : `${request.model}: ${what}`;
      if (severity !== null) found.push({ severity, what: named, fix });
    }
  }
  return found;
}
