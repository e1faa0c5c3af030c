import { ledgerKey, rolledBackRows, type LedgerRow, type ModelHistory } from "@refit/core/history";
import { asText, onGitHub, type ValueStyle } from "@refit/core/report";
import type { ModelSpec } from "@refit/core/spec";
import { specParser } from "../rooms/read.ts";
import { parsedObject, parsedText } from "../specs/parse-cache.ts";
import { appendLedger, readLedgers } from "../ledger/ledger.ts";
import {
  canaryBranch,
  canaryFolder,
  championFolder,
  flatName,
  groupBranch,
  importBranch,
  proposalBranch,
  rollbackBranch,
  rolloutPath,
  specPath,
} from "@refit/core/history";
import { groupOf } from "./proposal-groups.ts";
import { openProposal } from "../versions/open-proposal.ts";
import type { LiveVersion } from "../ports/forge.ts";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { NamedHistory } from "../versions/version-tags.ts";
import { proposedFolder } from "../versions/proposed-folder.ts";
import { readChampionFile, readFiles } from "../versions/version-folder.ts";

type RememberRollbacksPorts = Pick<Ports, "ancestry" | "clock" | "git" | "branches" | "files">;

/**
 * Puts into the ledger which versions were rolled back, in whatever way, with one commit for all models.
 *
 * @returns the rows of each model, and the models for which some were added.
 */
export async function rememberRollbacks(
  ports: RememberRollbacksPorts,
  repository: Repository,
  histories: ReadonlyMap<string, ModelHistory>,
): Promise<{ readonly ledgers: ReadonlyMap<string, readonly LedgerRow[]>; readonly fresh: ReadonlySet<string> }> {
  const ledgers = new Map<string, readonly LedgerRow[]>();
  const added: LedgerRow[] = [];
  const before = await readLedgers(ports, repository, [...histories.keys()]);
  for (const [model, history] of histories) {
    const { rows } = before.get(model)!;
    const known = new Set(rows.map(ledgerKey));
    const fresh = rolledBackRows(model, history.rolledBack).filter((row) => !known.has(ledgerKey(row)));
    ledgers.set(model, [...rows, ...fresh]);
    added.push(...fresh);
  }
  if (added.length > 0) {
    await appendLedger(ports, repository, { rows: added, files: new Map(), at: ports.clock.now() });
  }
  return { ledgers, fresh: new Set(added.map((row) => row.model)) };
}

/** What the model's spec on the base branch says about its views. */
export type Policy = Pick<ModelSpec, "tags" | "publish" | "reviewers">;

/** @throws SpecInvalidError */
export async function readPolicy(
  ports: Pick<Ports, "files" | "git" | "learners">,
  repository: Repository,
  model: string,
): Promise<Policy> {
  const file = specPath(model, repository);
  const parser = specParser(file, ports.learners.installed);
  const spec = await parsedObject(ports, repository, `${repository.baseCommit}:${file}`, parser);
  // Of nothing the parser says what is missing.
  return spec ?? parsedText(ports, repository, "", parser);
}

/** The release and the deployment record that the model's policy asks for; nothing of a version that only a newer refit can read. */
export async function publishLive(
  ports: Pick<Ports, "git" | "largeFiles" | "publisher">,
  repository: Repository,
  { model, history }: NamedHistory,
  { publish }: Policy,
): Promise<void> {
  const { champion, state, events } = history;
  if (state !== "live" || champion === null || champion.newerFormat !== null || publish.length === 0) return;
  const label = `v${champion.number}`;
  const version: LiveVersion = {
    model,
    label,
    tag: `${flatName(model)}@${label}`,
    commit: events.at(-1)!.commit.sha,
    at: champion.since,
    card: (await readChampionFile(ports, champion, "README.md")) ?? "",
    files: () => readFiles(ports, repository, champion),
  };
  if (publish.includes("release")) await ports.publisher.ensureRelease(version);
  if (publish.includes("deployment")) await ports.publisher.ensureDeployment(version);
}

/** A broken folder is told until it is right again; then the alert goes, unless the last data were refused. */
export async function settleAlert(
  ports: Pick<Ports, "clock" | "forge">,
  repository: Repository,
  { model, history }: NamedHistory,
  ledger: readonly LedgerRow[],
): Promise<void> {
  const { champion, state, versions, events } = history;
  if (state !== "broken") {
    const last = ledger.findLast((row) => row.kind !== "rolledBack");
    if (last?.kind !== "blocked") await ports.forge.ensureAlert(repository, model, null);
    return;
  }
  const why = versions[events.at(-1)!.number! - 1]?.broken ?? "";
  const valid = champion === null ? "" : `, v${champion.number},`;
  const bodyIn = ({ value }: ValueStyle) =>
    [
      `**${model}**: the folder on \`${repository.baseBranch}\` does not match its lineage.json.`,
      value(why),
      `The last valid version${valid} is still the champion for comparisons. Fix the folder, or run \`refit rollback ${model}\`.`,
    ].join("\n\n");
  const title = `refit(${model}): broken champion folder`;
  const bodies = { body: bodyIn(onGitHub), plainBody: bodyIn(asText) };
  await ports.forge.ensureAlert(repository, model, { model, title, ...bodies, at: ports.clock.now() });
}

/**
 * A proposal whose version came to the base branch in another way has nothing left to say; one whose head is a person's says
 * of which commit its report is.
 *
 * @param branches those of refit, as fetched: what has none is not open.
 */
export async function closeObsolete(
  ports: Pick<Ports, "clock" | "files" | "forge" | "git" | "learners">,
  repository: Repository,
  model: string,
  branches: ReadonlySet<string>,
): Promise<void> {
  if (branches.has(canaryBranch(model))) await closeMovedCanary(ports, repository, model);
  const own = [proposalBranch(model), rollbackBranch(model), importBranch(model)].filter((each) => branches.has(each));
  if (own.length === 0) return;
  const group = await groupOf(ports, repository, model);
  for (const branch of own) {
    const open = await openProposal(ports, repository, branch);
    if (open === null) continue;
    const isNew = branch === proposalBranch(model);
    const folder = isNew
      ? await proposedFolder(ports, repository, model, open.head)
      : championFolder(model, repository);
    const live = await ports.git.resolve(`${repository.baseCommit}:${folder}`);
    const at = ports.clock.now();
    if (group !== null && branch === proposalBranch(model) && !open.heldByPerson) {
      const sentence = `It is proposed with the group ${group} from now on, on \`${groupBranch(group)}\`.`;
      await ports.forge.ensureRemark(repository, { model, branch, sentence, closes: true, at });
      continue;
    }
    if (live !== null && (await ports.git.resolve(`${open.head}:${folder}`)) === live) {
      const sentence = `This version is already live on \`${repository.baseBranch}\`.`;
      await ports.forge.ensureRemark(repository, { model, branch, sentence, closes: true, at });
    } else if (open.heldByPerson) {
      await ports.forge.ensureRemark(repository, { model, branch, sentence: null, closes: false, at });
    }
  }
}

/** The proposal of a move, where the canary is another one by now, or is where it would be moved to. */
async function closeMovedCanary(
  ports: Pick<Ports, "clock" | "forge" | "git">,
  repository: Repository,
  model: string,
): Promise<void> {
  const branch = canaryBranch(model);
  const open = await openProposal(ports, repository, branch);
  if (open === null) return;
  const { baseBranch, baseCommit } = repository;
  const [canary, rollout] = [canaryFolder(model, repository), rolloutPath(model, repository)];
  const [about, live, wanted, share] = await Promise.all(
    [`${open.head}^:${canary}`, `${baseCommit}:${canary}`, `${open.head}:${rollout}`, `${baseCommit}:${rollout}`].map(
      (object) => ports.git.resolve(object),
    ),
  );
  if (about === live && wanted !== share) return;
  const sentence =
    about === live
      ? `The canary is already there on \`${baseBranch}\`.`
      : `It is about a canary that \`${baseBranch}\` does not have any more.`;
  await ports.forge.ensureRemark(repository, { model, branch, sentence, closes: true, at: ports.clock.now() });
}
