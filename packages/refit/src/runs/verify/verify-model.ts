import { ModelUnknownError, RefitError, SpecInvalidError } from "@refit/core/errors";
import { canaryFolder, championFolder, parseLineage, type ModelHistory } from "@refit/core/history";
import type { CanaryChange } from "@refit/core/judge";
import type { Repository } from "../../ports/repository.ts";
import { read, readSpecs } from "../../rooms/read.ts";
import { liveFormatError } from "../../versions/live-format.ts";
import { readModelHistory } from "../../versions/model-history.ts";
import { checkWhole } from "../../versions/tree-facts.ts";
import { readChampionFile } from "../../versions/version-folder.ts";
import type { FolderCheck, Verification, VerifyPorts } from "./verification.ts";
import { canaryUnderTest, type CanaryUnderTest } from "./canary-under-test.ts";
import { unlaidBy } from "./layout-change.ts";
import { verifyRemade } from "./verify-remade.ts";
import { weakenedBy } from "./weakened.ts";

/** A commit that wants to be merged. */
export interface CommitUnderTest {
  readonly head: string;
  /** `false`: from somebody who may not write here; nothing of it is loaded. */
  readonly trusted: boolean;
}

/** Checks the model's folder at a commit: history first, then its parent, then by making the version again. */
export async function verifyModel(
  ports: VerifyPorts,
  repository: Repository,
  model: string,
  proposed: CommitUnderTest,
): Promise<Verification> {
  const treeId = await ports.git.resolve(`${proposed.head}:${championFolder(model, repository)}`);
  // The work tree is the pull request's, so that it differs from the base branch is no news.
  const quiet = { ...ports, out: { ...ports.out, notice: () => {} } };
  try {
    const folder = await verifyFolders(quiet, repository, { model, treeId, ...proposed });
    return withWeakened(model, folder, await weakenedAt(quiet, repository, model, proposed.head));
  } catch (error) {
    const canary = await ports.git.resolve(`${proposed.head}:${canaryFolder(model, repository)}`);
    const isTypingError = error instanceof ModelUnknownError && treeId === null && canary === null;
    if (!(error instanceof RefitError) || isTypingError) throw error;
    // What cannot be read is not checked, so the check fails, and the reader is told what to do.
    return { model, ...failed("Not checked", [`${error.code}: ${error.message} ${error.hint}`]), weakened: [] };
  }
}

/** A pull request that changes the champion and lowers what champions must pass is two changes, and the second decides about the first. */
function withWeakened(model: string, folder: FolderCheck, weakened: readonly string[]): Verification {
  const count = `${weakened.length} ${weakened.length === 1 ? "check" : "checks"}`;
  if (weakened.length === 0) return { model, ...folder, weakened };
  if (folder.result === "unchanged") return { model, ...folder, weakened, title: `${folder.title}; weakens ${count}` };
  const problem =
    "It changes the champion and weakens the checks in one pull request. Put each into a pull request of its own.";
  return {
    model,
    ...folder,
    result: "failed",
    title: `${folder.title}; and it weakens ${count}`,
    problems: [...folder.problems, problem],
    weakened,
  };
}

async function weakenedAt(
  ports: VerifyPorts,
  repository: Repository,
  model: string,
  head: string,
): Promise<readonly string[]> {
  const unlaid = await unlaidBy(ports, repository, model, head);
  const base = await readableSpecs(ports, repository, model);
  return base === null ? unlaid : [...unlaid, ...(await weakenedBy(ports, repository, { model, ...base }, head))];
}

/** `null`: the base branch's own files cannot be read, so that nothing can ask less than they do. */
async function readableSpecs(ports: VerifyPorts, repository: Repository, model: string) {
  try {
    return await readSpecs(ports, repository, model, { workTree: false });
  } catch (error) {
    if (error instanceof SpecInvalidError) return null;
    throw error;
  }
}

interface FolderRequest extends CommitUnderTest {
  readonly model: string;
  /** `null`: there is no folder. */
  readonly treeId: string | null;
}

/** The champion and the canary together: what moves from one to the other is one change. */
async function verifyFolders(ports: VerifyPorts, repository: Repository, request: FolderRequest): Promise<FolderCheck> {
  const { history } = await readModelHistory(ports, repository, request.model);
  const newer = liveFormatError(repository, request.model, history);
  if (newer !== null) throw newer;
  const tested = await canaryUnderTest(ports, repository, { ...request, history });
  const { change } = tested;
  if (change.kind === "refused") return failed("It changes the canary in a way that is not allowed", change.problems);
  if (change.kind === "promotion") return promotionOf(ports, repository, request.treeId!);
  const champion = await verifyChampion(ports, repository, request, history);
  if (change.kind === "none" || champion.result === "failed") return champion;
  if (change.kind === "start") return verifyStart(ports, repository, { ...request, history, tested });
  const words = changeWords[change.kind](change);
  if (champion.result === "unchanged") return { ...nothingMade, result: "valid", title: words };
  return { ...champion, title: `${champion.title}; ${lowerFirst(words)}` };
}

const shares = (change: CanaryChange) => ("from" in change ? `from ${change.from} % to ${change.to} %` : "");

const changeWords: Readonly<Record<"step" | "back" | "stop" | "unpromotion", (change: CanaryChange) => string>> = {
  step: (change) => `The canary goes ${shares(change)}, its next step`,
  back: (change) => `The canary goes back ${shares(change)}`,
  stop: () => "The canary is stopped, and the champion answers every request",
  unpromotion: () => "A promotion is taken back: its version is the canary again",
};

const lowerFirst = (words: string) => words[0]!.toLowerCase() + words.slice(1);

/** What was checked when it started only moves. */
async function promotionOf(ports: VerifyPorts, repository: Repository, treeId: string): Promise<FolderCheck> {
  const problem = await checkWhole(ports, repository, treeId, await ports.git.list(treeId));
  if (problem !== null) return failed("The folder does not match its lineage.json", [problem]);
  const title = "The canary becomes the champion after its last step, intact and unchanged";
  return { ...nothingMade, result: "valid", title };
}

/** A canary that starts is judged as a champion is, since it answers requests. */
async function verifyStart(
  ports: VerifyPorts,
  repository: Repository,
  {
    model,
    head,
    trusted,
    history,
    tested: { after },
  }: FolderRequest & { readonly history: ModelHistory; readonly tested: CanaryUnderTest },
): Promise<FolderCheck> {
  const treeId = after.canary!;
  const folder = canaryFolder(model, repository);
  if (!trusted) return failed("From a fork: not loaded", [fromFork(repository, model, "a canary")]);
  if (history.state !== "live")
    return failed("A canary without a champion", [
      `${repository.baseBranch} has no valid champion of ${model}, so nothing would answer in place of the canary.`,
    ]);
  const problem = await checkWhole(ports, repository, treeId, await ports.git.list(treeId));
  if (problem !== null) return failed("The canary does not match its lineage.json", [problem]);
  const lineage = parseLineage((await readChampionFile(ports, { treeId }, "lineage.json"))!);
  const { inputDigest, parent, card } = lineage;
  const stale = staleness(model, parent, history);
  if (stale !== null) return { ...failed("Compared with another champion", [stale]), inputDigest };
  const context = await read(ports, repository, { model, force: null, dryRun: false });
  return verifyRemade(ports, context, { head, folder, rollout: after.rollout!, treeId, inputDigest, card });
}

async function verifyChampion(
  ports: VerifyPorts,
  repository: Repository,
  request: FolderRequest,
  history: ModelHistory,
): Promise<FolderCheck> {
  const { model, treeId, head, trusted } = request;
  const isAbsent = history.state === "none" || history.state === "retired";
  if (treeId === null)
    return isAbsent ? unchanged : failed("It removes the champion", [retires(repository, head, model)]);
  if (history.champion?.treeId === treeId && history.state === "live") return unchanged;

  const isKnown = history.versions.some((version) => version.treeId === treeId);
  if (!isKnown && !trusted) return failed("From a fork: not loaded", [fromFork(repository, model, "the champion")]);
  const problem = await checkWhole(ports, repository, treeId, await ports.git.list(treeId));
  if (problem !== null) return failed("The folder does not match its lineage.json", [problem]);
  if (isKnown) return rollback;

  const lineage = parseLineage((await readChampionFile(ports, { treeId }, "lineage.json"))!);
  const { inputDigest, parent, card } = lineage;
  const stale = staleness(model, parent, history);
  if (stale !== null) return { ...failed("Compared with another champion", [stale]), inputDigest };
  const context = await read(ports, repository, { model, force: null, dryRun: false });
  return verifyRemade(ports, context, {
    head,
    folder: championFolder(model, repository),
    treeId,
    inputDigest,
    card,
  });
}

const nothingMade = { problems: [], verdict: null, inputDigest: null, madeFrom: null } as const;

const unchanged: FolderCheck = {
  ...nothingMade,
  result: "unchanged",
  title: "Nothing to judge here: the champion is not changed",
};

const rollback: FolderCheck = {
  ...nothingMade,
  result: "rollback",
  title: "A version that was live before, intact and unchanged",
};

export function failed(title: string, problems: readonly string[]): FolderCheck {
  return { ...nothingMade, result: "failed", title, problems };
}

function staleness(model: string, parent: string | null, { champion }: ModelHistory): string | null {
  if (parent === (champion?.treeId ?? null)) return null;
  return `It was compared with ${parent ?? "no champion"}, but ${champion?.treeId ?? "none"} is live now. Run \`refit run ${model}\` to compare it again.`;
}

function retires(repository: Repository, head: string, model: string): string {
  return `${head} has no ${championFolder(model, repository)}; merging it retires the model.`;
}

function fromFork({ baseBranch }: Repository, model: string, what: string): string {
  return `It changes ${what} of ${model} and comes from a fork, so for safety nothing of it was loaded. A maintainer can run \`refit run ${model}\` on ${baseBranch}, which makes a proposal of its own, or check the branch out and run \`refit verify ${model}\`.`;
}
