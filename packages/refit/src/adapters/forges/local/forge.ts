import path from "node:path";
import { flatName, groupOfBranch, isCanaryBranch, isPolicyBranch, modelOf } from "@refit/core/history";
import { chartFiles, plainMarkdownReport, plainMarkdownSection, type Report } from "@refit/core/report";
import { jsonOrNull } from "../../../sealed-json.ts";
import type { Dashboard } from "../../../ports/dashboard.ts";
import type { Files } from "../../../ports/files.ts";
import type {
  ForgeSettings,
  ProposalRequest,
  ProposalState,
  ProposedModel,
  Publisher,
  Reviews,
  Remark,
} from "../../../ports/forge.ts";
import type { Git } from "../../../ports/git.ts";
import type { Repository } from "../../../ports/repository.ts";
import type { GitProcess } from "../../git/git-process.ts";
import type { LoadedForge } from "../lazy-forge.ts";
import { checkTogether } from "../check-together.ts";
import { withLaterSection, withSectionsOf } from "../later-section.ts";
import { outdatedSentence, outdatedStart } from "../outdated-sentence.ts";
import { isLive, isMerged, madeByRefit, unpublishedHead } from "../../git/branch-state.ts";
import { decodeText, encodeText } from "../../../text.ts";
import { localAlerts } from "./alerts.ts";

/** What the local forge keeps of a proposal, beside the page that people read. */
interface ProposalRecord {
  readonly branch: string;
  readonly head: string;
  readonly title: string;
  readonly draft: boolean;
  readonly check: ProposedModel["check"];
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
export function localForge(
  process: GitProcess,
  git: Git,
  { files, publishes }: { readonly files: Files; readonly publishes: boolean },
): LoadedForge["forge"] {
  const parts = { process, git, files, publishes };
  return {
    proposal: (repository, branch) => readState(parts, repository, branch),
    expect() {},

    async ensureProposal(repository, request) {
      const { branch, head, title, draft, models, at } = request;
      const check = checkTogether(request);
      const place = placeOf(repository, branch);
      const before = await readRecord(files, place);
      const shown = await files.read(place.page);
      const page = encodeText(withSectionsOf(pageOf(request, place), shown === null ? "" : decodeText(shown), head));
      const record: ProposalRecord = { branch, head, title, draft, check, updatedAt: at, closed: null };
      const same =
        before !== null &&
        JSON.stringify({ ...record, updatedAt: 0 }) === JSON.stringify({ ...before, updatedAt: 0 }) &&
        Buffer.from(page).equals(shown ?? new Uint8Array());
      if (same) return { url: place.page, operation: "unchanged" };

      for (const one of models) await writeCharts(git, files, one, place);
      await files.write(place.page, page);
      await files.write(place.record, encodeText(`${JSON.stringify(record, null, 2)}\n`));
      return { url: place.page, operation: before === null || before.closed !== null ? "created" : "updated" };
    },

    async ensureRemark(repository, remark) {
      const { branch, at } = remark;
      const place = placeOf(repository, branch);
      const record = await readRecord(files, place);
      const head = await currentHead(parts, repository, branch);
      if (head === null || (record?.head === head && record.closed !== null)) return;

      const page = await files.read(place.page);
      const before = page === null ? "" : decodeText(page);
      const isOutdated = record !== null && record.head !== head;
      const told = withNotes(before, isOutdated ? outdatedSentence(record.head, head) : null, remark);
      if (page !== null && told !== before) await files.write(place.page, encodeText(told));
      if (!remark.closes) return;
      const empty = { title: branch, draft: false, check: { conclusion: "neutral", summary: "" } } as const;
      const closed: ProposalRecord = { ...empty, ...record, branch, head, updatedAt: at, closed: remark.sentence };
      await files.write(place.record, encodeText(`${JSON.stringify(closed, null, 2)}\n`));
    },

    async ensureSection(repository, later) {
      const place = placeOf(repository, later.branch);
      const [record, bytes] = [await readRecord(files, place), await files.read(place.page)];
      if (record === null || bytes === null || record.closed !== null || record.head !== later.head) return "none";
      const { page, operation } = withLaterSection(decodeText(bytes), later, plainMarkdownSection);
      if (operation !== "unchanged") await files.write(place.page, encodeText(page));
      return operation;
    },

    ...localAlerts(files),

    async ensureCheck() {},
  };
}

interface LocalParts {
  readonly process: GitProcess;
  readonly git: Git;
  readonly files: Files;
  readonly publishes: boolean;
}

async function readState(parts: LocalParts, repository: Repository, branch: string): Promise<ProposalState | null> {
  const { process, git, files, publishes } = parts;
  const head = await currentHead(parts, repository, branch);
  if (head === null && !isPolicyBranch(branch)) return null;
  const place = placeOf(repository, branch);
  const record = await readRecord(files, place);
  if (head === null) return declinedState(record, place);
  if (record?.head === head && record.closed !== null) return null;
  if (await isLive(parts, repository, branch, head)) return null;
  if (await isMerged(parts, repository, branch, head)) return null;
  const heads = await branchHeads(git, repository, branch);
  const own = await Promise.all(heads.map((id) => madeByRefit(process, repository, id)));
  const isShared = !publishes || repository.remote === null || head === (await sharedHead(git, repository, branch));
  // The record is written last, so it tells whether the run that moved this clone's branch came to its end.
  const isHere = head === (await git.resolve(`refs/heads/${branch}`));
  const complete = isShared && (!isHere || record?.head === head);
  return { branch, head, heldByPerson: own.includes(false), complete, url: place.page, declinedAt: null };
}

/** Who deletes the branch of a policy has declined it; whether its lines have landed is for others to see. */
function declinedState(record: ProposalRecord | null, { page }: Place): ProposalState | null {
  if (record === null || record.closed !== null) return null;
  const { branch, head, updatedAt } = record;
  return { branch, head, heldByPerson: false, complete: true, url: page, declinedAt: updatedAt };
}

/** Nothing but git's own configuration, which `locate` reads. */
export const noSettings: ForgeSettings = { diagnose: async () => [] };

/** Nobody approves in git alone. */
export const noReviews: Reviews = { of: async () => null };

/** Pages that people tick boxes on are on a server. */
export const noDashboard: Dashboard = { ensure: async () => null, take: async () => null };

/** There is nothing but git to publish in. */
export const nowhere: Publisher = {
  ensureRelease: async () => null,
  async ensureDeployment() {},
};

/** Heads of the branch in this clone and on the remote. */
async function branchHeads(git: Git, repository: Repository, branch: string): Promise<string[]> {
  const heads = await Promise.all([git.resolve(`refs/heads/${branch}`), sharedHead(git, repository, branch)]);
  return [...new Set(heads)].filter((head) => head !== null);
}

async function sharedHead(git: Git, { remote }: Repository, branch: string): Promise<string | null> {
  return remote === null ? null : git.resolve(`refs/remotes/${remote}/${branch}`);
}

/** The head that counts: what is shared, unless this clone has made something for its place since. */
async function currentHead(parts: LocalParts, repository: Repository, branch: string) {
  const [unpublished, heads] = await Promise.all([
    unpublishedHead(parts, repository, branch),
    branchHeads(parts.git, repository, branch),
  ]);
  return unpublished ?? heads.at(-1) ?? null;
}

function placeOf({ commonDir }: Repository, branch: string) {
  const name = groupOfBranch(branch) ?? flatName(modelOf(branch));
  const folder = path.join(commonDir, "refit", folderOf(branch));
  return {
    page: path.join(folder, `${name}.md`),
    record: path.join(folder, `${name}.json`),
    chart: (model: string, file: string) =>
      path.join(folder, name === flatName(model) ? `${name}--${file}` : `${name}--${flatName(model)}--${file}`),
  };
}

function folderOf(branch: string): string {
  if (groupOfBranch(branch) !== null) return "groups";
  if (isPolicyBranch(branch)) return "policies";
  if (branch.startsWith("refit-import--")) return "imports";
  if (isCanaryBranch(branch)) return "canaries";
  return branch.startsWith("refit-rollback--") ? "rollbacks" : "proposals";
}

type Place = ReturnType<typeof placeOf>;

/** Copies of the ledger's charts beside the page, so that any viewer of Markdown shows them. */
async function writeCharts(
  git: Git,
  files: Files,
  { model, report, kept }: ProposedModel,
  place: Place,
): Promise<void> {
  if (kept === null) return;
  const names = chartFiles(report);
  const folder = path.posix.dirname(kept.path);
  const charts = await git.read(names.map((file) => `${kept.commit}:${folder}/${file}`));
  for (const [i, chart] of charts.entries())
    if (chart !== null) await files.write(place.chart(model, names[i]!), chart);
}

function pageOf(request: ProposalRequest, place: Place): string {
  const { kind, models, title, branch, baseBranch, draft, overview } = request;
  const decline =
    kind === "policy" || kind === "import" || kind === "canary"
      ? `git branch -D ${branch}`
      : `refit reject ${models[0]!.model}`;
  const reports = models.flatMap((one) => [
    ...(overview === null ? [] : [`## ${one.model}`, ""]),
    plainMarkdownReport(withoutNext(one.report, kind), (file) => path.basename(place.chart(one.model, file))).trimEnd(),
    "",
  ]);
  return [
    `# ${title}`,
    "",
    `\`${branch}\` → \`${baseBranch}\`${draft ? " · draft" : ""} · check: ${checkTogether(request).conclusion}`,
    "",
    ...(overview === null ? [] : [overview.trimEnd(), ""]),
    ...reports,
    "---",
    "",
    `- **${kind === "retrain" ? "Promote" : "Accept"}**: \`git switch ${baseBranch} && git merge ${branch}\`.`,
    `- **Decline**: \`${decline}\`.${kind === "retrain" ? " The same inputs are not proposed again." : ""}`,
    ...(kind === "retrain"
      ? [
          `- **Roll back later**: revert the merge, or \`refit rollback ${models.length === 1 ? models[0]!.model : "MODEL"}\`.`,
        ]
      : []),
    "",
  ].join("\n");
}

/** The page ends with what to do here, where there is no pull request. */
function withoutNext(report: Report, kind: ProposalRequest["kind"]): Report {
  return kind === "retrain" ? { ...report, sections: report.sections.filter(({ id }) => id !== "next") } : report;
}

/** The page with sentences above its heading: that it is outdated, and the remark over earlier ones. */
function withNotes(page: string, outdated: string | null, { closes, sentence }: Remark): string {
  const start = Math.max(0, page.search(/^# /m));
  const remark = sentence === null ? null : `> ${closes ? "Closed: " : ""}${sentence}`;
  const earlier = page
    .slice(0, start)
    .split("\n\n")
    .filter((note) => note !== "" && note !== remark && !note.startsWith(`> ${outdatedStart}`));
  const notes = [outdated === null ? null : `> ${outdated}`, remark, ...earlier].filter((note) => note !== null);
  return notes.map((note) => `${note}\n\n`).join("") + page.slice(start);
}

async function readRecord(files: Files, place: { record: string }): Promise<ProposalRecord | null> {
  const bytes = await files.read(place.record);
  return bytes === null ? null : recordOf(jsonOrNull(decodeText(bytes)));
}

/**
 * A record that a write cut short, or somebody else, has damaged counts as none: git says whether a proposal is open. It is
 * not sealed for the same reason: a person who may write here may also delete the branch.
 */
function recordOf(stored: unknown): ProposalRecord | null {
  if (typeof stored !== "object" || stored === null) return null;
  const { branch, head, title, draft, check, updatedAt, closed } = stored as Partial<ProposalRecord>;
  const { conclusion, summary } = (check ?? {}) as Partial<ProposalRecord["check"]>;
  const isWhole =
    [branch, head, title, conclusion, summary].every((each) => typeof each === "string") &&
    typeof draft === "boolean" &&
    typeof updatedAt === "number" &&
    (closed === null || typeof closed === "string");
  if (!isWhole) return null;
  const known = { branch, head, title, draft, check: { conclusion, summary }, updatedAt, closed };
  return known as ProposalRecord;
}
