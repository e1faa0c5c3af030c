import { parseFeatureSpec } from "@refit/core/history";
import { ArtifactInvalidError } from "@refit/core/errors";
import { whyCold, whySeen } from "@refit/core/judge";
import type { ArtifactFiles, CandidateSettings } from "@refit/core/runtime";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import type { RowContext, Version } from "../products/context.ts";
import type { Prepared } from "../products/prepared.ts";
import type { Start } from "../products/training.ts";
import { sha256 } from "../sha256.ts";
import { readArtifact, readChampionFile } from "../versions/version-folder.ts";

type WarmStartPorts = Pick<Ports, "git" | "largeFiles" | "learners">;

/** A candidate, and the files of its own program. */
interface Asking {
  readonly settings: CandidateSettings;
  readonly code: ArtifactFiles;
}

/**
 * Whether a candidate with `start: warm` goes on from the champion's model. It does where the same program, or layers of the same shape, made that of the
 * same inputs, and where the champion has seen no row of the holdout: what is judged must not have seen it either.
 *
 * @returns `null`: it does not ask for a warm start.
 * @throws ArtifactInvalidError where a file of the champion is not what its lineage says.
 */
export async function startOf(
  ports: WarmStartPorts,
  { champion, repository }: Pick<RowContext, "champion" | "repository">,
  { featureSpec, split, times }: Pick<Prepared, "featureSpec" | "split" | "times">,
  { settings, code }: Asking,
): Promise<Start | null> {
  if (settings["start"] !== "warm") return null;
  const { learner } = settings;
  const { algorithmVersion, arrange } = await ports.learners.get(learner);
  const live = champion && { ...champion, features: await featuresOf(ports, champion), code: codeDigests(champion) };
  const asking = { learner, algorithmVersion, settings, features: featureSpec, code: digestsOf(code) };
  const firstOf = (rows: Uint32Array) => times?.[rows[0]!] ?? null;
  const because = whyCold(live, asking) ?? whySeen(champion!, firstOf(split.holdout), "the holdout");
  if (because !== null) return { kind: "cold", because };
  const { number, treeId } = champion!;
  const artifact = await checkedArtifact(ports, repository, champion!);
  return {
    kind: "warm",
    number,
    treeId,
    artifact: arrange === undefined ? artifact : arrange(artifact, live!.features!.features, featureSpec.features),
    chosenCold: whySeen(champion!, firstOf(split.validation), "validation"),
  };
}

/** What a training goes on from that the holdout measures; a part of a request, empty: it starts anew. */
export function startForHoldout(start: Start | null | undefined): { readonly start?: ArtifactFiles } {
  return start?.kind === "warm" ? { start: start.artifact } : {};
}

/** The same of the training that validation rows measure, and may stop: the champion must not have learned from them either. */
export function startForValidation(start: Start | null | undefined): { readonly start?: ArtifactFiles } {
  return start?.kind === "warm" && start.chosenCold === null ? { start: start.artifact } : {};
}

/** The same where no training is measured on validation rows, so that none of them has to be unseen. */
export function atOnce(start: Start | null): Start | null {
  return start?.kind === "warm" ? { ...start, chosenCold: null } : start;
}

/** What a run says when it begins such a training; `null`: nothing. */
export function startNotice({ learner }: CandidateSettings, start: Start | null): string | null {
  return start?.kind === "cold" ? `${learner} asks for a warm start and starts from scratch: ${start.because}.` : null;
}

async function featuresOf(ports: Pick<Ports, "git">, champion: Version) {
  const text = await readChampionFile(ports, champion, "features.json");
  return text === null ? null : parseFeatureSpec(text);
}

const codeFolder = "artifact/code/";

function codeDigests({ lineage }: Version): Readonly<Record<string, string>> {
  const own = Object.entries(lineage.files).filter(([file]) => file.startsWith(codeFolder));
  return Object.fromEntries(own.map(([file, facts]) => [file.slice(codeFolder.length), facts.sha256]));
}

function digestsOf(code: ArtifactFiles): Readonly<Record<string, string>> {
  return Object.fromEntries([...code].map(([file, bytes]) => [file, sha256(bytes)]));
}

/** A model that a program loads is compared with its digests first. */
async function checkedArtifact(
  ports: Pick<Ports, "git" | "largeFiles">,
  repository: Repository,
  champion: Version,
): Promise<ArtifactFiles> {
  const artifact = await readArtifact(ports, repository, champion);
  for (const [file, bytes] of artifact) {
    const name = `artifact/${file}`;
    if (champion.lineage.files[name]?.sha256 === sha256(bytes)) continue;
    throw new ArtifactInvalidError(name, "", "the bytes whose digest lineage.json names");
  }
  return artifact;
}
