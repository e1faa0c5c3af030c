import { quoted } from "@refit/core/errors";
import { digestOfInputs } from "../../data/input-digests.ts";
import { withKeptTables } from "../../data/kept-tables.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import type { GivenModel } from "../../rooms/take-model.ts";
import type { Snapshot } from "../../products/snapshot.ts";
import { takeSnapshot } from "../../rooms/snapshot.ts";
import { makeAgain, type MadeAgain, type MakeAgainPorts } from "../remake/make-again.ts";
import { claimedSources, type DataClaim, goneSince } from "./claimed-sources.ts";
import { contextAt } from "./context-at.ts";

/** A version made again, or why that cannot be done. */
export type Remade =
  | (MadeAgain & { readonly kind: "made"; readonly inputDigest: string })
  | {
      readonly kind: "impossible";
      /** Sentences. */
      readonly because: readonly string[];
    };

/**
 * Makes the version again that a run at this commit of the base branch would have proposed, and writes nothing: data of that
 * commit, settings that the base branch still has, compared with today's champion.
 *
 * @param context of the base branch now: its gates, checks and champion count.
 */
export async function remake(
  ports: MakeAgainPorts,
  context: Context,
  baseCommit: string,
  claim: VersionClaim,
): Promise<Remade> {
  const { context: known, written } = await contextAt(ports, context, baseCommit);
  if (settingsOf(ports, written) !== settingsOf(ports, context))
    return impossible(settingsChanged(context, baseCommit));

  const sources = claimedSources(ports.sources, claim);
  return withKeptTables({ ...ports, sources }, context.repository.commonDir, (kept) => remakeKnown(kept, known, claim));
}

/** What a version under test says of its data, and the model that it brings where nobody can make it again. */
export interface VersionClaim extends DataClaim {
  readonly given: GivenModel | null;
}

async function remakeKnown(ports: MakeAgainPorts, known: Context, claim: VersionClaim): Promise<Remade> {
  const snapshot = await takeSnapshot(ports, known);
  const files = [snapshot.files, ...snapshot.tableFiles.values()].flat();
  const gone = goneSince(files, claim);
  if (gone.length > 0) return impossible(...gone.slice(0, mostNamed).map(({ code, message }) => `${code}: ${message}`));
  const untracked = files.filter(({ blob, version }) => blob === null && version === undefined);
  if (untracked.length > 0) return impossible(...untracked.slice(0, mostNamed).map(({ path }) => notTracked(path)));
  if (snapshot.blocked) return impossible(...blockingWords(snapshot));

  const made = await makeAgain(ports, known, snapshot, claim.given);
  return { kind: "made", ...made, inputDigest: snapshot.digests.input };
}

/** More say no more. */
const mostNamed = 3;

const settingsOf = (ports: Pick<Ports, "learners">, specs: Pick<Context, "spec" | "manifest">) =>
  digestOfInputs(ports, specs).settings;

function settingsChanged({ repository }: Context, baseCommit: string): string {
  return `The settings on ${repository.baseBranch} have changed since ${baseCommit.slice(0, 10)}, which it was made from.`;
}

function notTracked(path: string): string {
  return `The data file ${quoted(path)} is not tracked by git, so nobody can tell which rows the version was made from. Track it with git, Git LFS or DVC.`;
}

function blockingWords({ findings }: Snapshot): string[] {
  const blocking = findings.filter(({ severity }) => severity !== "warning");
  return blocking
    .slice(0, mostNamed)
    .map(({ code, message }) => `The data checks refuse its data: ${code}: ${message}`);
}

function impossible(...because: readonly string[]): Remade {
  return { kind: "impossible", because };
}
