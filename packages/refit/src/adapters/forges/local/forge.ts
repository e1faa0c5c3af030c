import path from "node:path";
import { chartFiles, markdownReport } from "@refit/core/report";
import { jsonOrNull } from "../../../sealed-json.ts";
import type { Files } from "../../../ports/files.ts";
import type { ForgeSettings, ProposalRequest, Publisher } from "../../../ports/forge.ts";
import type { Git } from "../../../ports/git.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import type { LoadedForge } from "../lazy-forge.ts";
import { heldByPerson, isLive, isMerged } from "./proposal-state.ts";
import { decodeText, encodeText } from "../../../text.ts";

/** What the local forge keeps of a proposal, beside the page that people read. */
interface ProposalRecord {
  readonly branch: string;
  readonly head: string;
  readonly title: string;
  readonly draft: boolean;
  readonly check: ProposalRequest["check"];
  /** Epoch milliseconds. */
  readonly updatedAt: number;
  /** Why it was closed without a merge; `null`: it was not. */
  readonly closed: string | null;
}

/**
 * The forge that needs no server: a proposal is the branch, a page and a record in the git common directory.
 *
 * Merging is `git merge` in any mode. The branch and the base line say whether a proposal is open; the record only
 * adds that it was closed.
 */
export function localForge(process: GitProcess, git: Git, files: Files): LoadedForge["forge"] {
  return {
    async proposal(repository, branch) {
      const heads = await branchHeads(git, repository, branch);
      const head = heads.at(-1);
      if (head === undefined) return null;
      const place = placeOf(repository, branch);
      const record = await readRecord(files, place);
      if (record?.head === head && record.closed !== null) return null;
      if (await isLive(git, repository, branch, head)) return null;
      if (await isMerged(process, repository, branch, head)) return null;
      const held = await Promise.all(heads.map((id) => heldByPerson(process, repository, id)));
      const complete = await isComplete(git, repository, branch, record);
      return { branch, head, heldByPerson: held.includes(true), complete, url: place.page, declinedAt: null };
    },

    async ensureProposal(repository, request) {
      const { branch, head, title, draft, check, at } = request;
      const place = placeOf(repository, branch);
      const before = await readRecord(files, place);
      const page = encodeText(pageOf(request, place));
      const record: ProposalRecord = { branch, head, title, draft, check, updatedAt: at, closed: null };
      const same =
        before !== null &&
        JSON.stringify({ ...record, updatedAt: 0 }) === JSON.stringify({ ...before, updatedAt: 0 }) &&
        Buffer.from(page).equals((await files.read(place.page)) ?? new Uint8Array());
      if (same) return { url: place.page, operation: "unchanged" };

      await writeCharts(git, files, request, place);
      await files.write(place.page, page);
      await files.write(place.record, encodeText(`${JSON.stringify(record, null, 2)}\n`));
      return { url: place.page, operation: before === null || before.closed !== null ? "created" : "updated" };
    },

    async ensureRemark(repository, { branch, sentence, closes, at }) {
      const place = placeOf(repository, branch);
      const record = await readRecord(files, place);
      const head = (await branchHeads(git, repository, branch)).at(-1);
      if (head === undefined || (record?.head === head && record.closed !== null)) return;

      const page = await files.read(place.page);
      const note = `> ${closes ? "Closed: " : ""}${sentence}\n\n`;
      if (page !== null && !decodeText(page).startsWith(note))
        await files.write(place.page, encodeText(note + decodeText(page)));
      if (!closes) return;
      const empty = { title: branch, draft: false, check: { conclusion: "neutral", summary: "" } } as const;
      const closed: ProposalRecord = { ...empty, ...record, branch, head, updatedAt: at, closed: sentence };
      await files.write(place.record, encodeText(`${JSON.stringify(closed, null, 2)}\n`));
    },

    async ensureAlert({ commonDir }, model, alert) {
      const page = path.join(commonDir, "refit", "alerts", `${flat(model)}.md`);
      if (alert === null) {
        await files.remove(page);
        return null;
      }
      await files.write(page, encodeText(`# ${alert.title}\n\n${alert.body.trimEnd()}\n`));
      return page;
    },

    async ensureCheck() {},
  };
}

/** Nothing but git's own configuration, which `locate` reads. */
export const noSettings: ForgeSettings = { diagnose: async () => [] };

/** There is nothing but git to publish in. */
export const nowhere: Publisher = {
  ensureRelease: async () => null,
  async ensureDeployment() {},
};

/** Heads of the branch in this clone and on the remote, the one that counts last: what is shared before what is only here. */
async function branchHeads(git: Git, { remote }: Repository, branch: string): Promise<string[]> {
  const local = await git.resolve(`refs/heads/${branch}`);
  const shared = remote === null ? null : await git.resolve(`refs/remotes/${remote}/${branch}`);
  return [...new Set([local, shared])].filter((head) => head !== null);
}

/** The record is written last, so it tells whether the run that moved this clone's branch came to its end. */
async function isComplete(git: Git, { remote }: Repository, branch: string, record: ProposalRecord | null) {
  const local = await git.resolve(`refs/heads/${branch}`);
  const shared = remote === null ? local : await git.resolve(`refs/remotes/${remote}/${branch}`);
  return shared !== null && (local === null || record?.head === local);
}

function placeOf({ commonDir }: Repository, branch: string) {
  const rollback = branch.startsWith("refit-rollback--");
  const name = branch.replace(/^refit(-rollback)?--/, "");
  const folder = path.join(commonDir, "refit", rollback ? "rollbacks" : "proposals");
  return {
    page: path.join(folder, `${name}.md`),
    record: path.join(folder, `${name}.json`),
    chart: (file: string) => path.join(folder, `${name}--${file}`),
  };
}

type Place = ReturnType<typeof placeOf>;

/** Copies of the ledger's charts beside the page, so that any viewer of Markdown shows them. */
async function writeCharts(git: Git, files: Files, { report, kept }: ProposalRequest, place: Place): Promise<void> {
  if (kept === null) return;
  const names = chartFiles(report);
  const folder = path.posix.dirname(kept.path);
  const charts = await git.read(names.map((file) => `${kept.commit}:${folder}/${file}`));
  for (const [i, chart] of charts.entries()) if (chart !== null) await files.write(place.chart(names[i]!), chart);
}

function pageOf({ model, title, branch, baseBranch, draft, check, report }: ProposalRequest, place: Place): string {
  return [
    `# ${title}`,
    "",
    `\`${branch}\` → \`${baseBranch}\`${draft ? " · draft" : ""} · check: ${check.conclusion}`,
    "",
    markdownReport(report, (file) => path.basename(place.chart(file))).trimEnd(),
    "",
    "---",
    "",
    `Accept it with \`git switch ${baseBranch} && git merge ${branch}\`; decline it with \`refit reject ${model}\`.`,
    "",
  ].join("\n");
}

async function readRecord(files: Files, place: { record: string }): Promise<ProposalRecord | null> {
  const bytes = await files.read(place.record);
  const stored = bytes === null ? null : jsonOrNull(decodeText(bytes));
  return isRecord(stored) ? stored : null;
}

/** A record that a write cut short, or somebody else, has damaged counts as none: git says whether a proposal is open. */
function isRecord(stored: unknown): stored is ProposalRecord {
  if (typeof stored !== "object" || stored === null) return false;
  const { branch, head, closed } = stored as Partial<Record<keyof ProposalRecord, unknown>>;
  return typeof branch === "string" && typeof head === "string" && (closed === null || typeof closed === "string");
}

const flat = (model: string) => model.replaceAll("/", "--");
