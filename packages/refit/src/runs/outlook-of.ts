import { outlook, type Outlook } from "@refit/core/decide";
import { RefitError } from "@refit/core/errors";
import type { ModelSpec } from "@refit/core/spec";
import { readLedger } from "../ledger/ledger.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { specParser } from "../rooms/read.ts";
import { parseCached } from "../specs/parse-cache.ts";
import { decodeText } from "../text.ts";

type OutlookPorts = Pick<Ports, "ancestry" | "files" | "git" | "learners">;

/** What the ledger and the settings of a model say of its live version. */
export async function outlookOf(
  ports: OutlookPorts,
  repository: Repository,
  model: string,
  champion: { readonly treeId: string; readonly since: number },
): Promise<Outlook> {
  const [{ rows }, spec] = await Promise.all([
    readLedger(ports, repository, model),
    readSpec(ports, repository, model),
  ]);
  return outlook(rows, champion, spec && spec.retrain);
}

/** @returns `null`: it cannot be read; a run says why. */
async function readSpec(ports: OutlookPorts, repository: Repository, model: string): Promise<ModelSpec | null> {
  const file = `models/${model}/model.yaml`;
  const [bytes] = await ports.git.read([`${repository.baseCommit}:${file}`]);
  if (bytes === null || bytes === undefined) return null;
  try {
    const parser = specParser(file, ports.learners.installed);
    return await parseCached(ports.files, repository, decodeText(bytes), parser);
  } catch (error) {
    if (error instanceof RefitError) return null;
    throw error;
  }
}
