import path from "node:path";
import { CommandFailedError, NetworkInvalidError, type RefitError } from "@refit/core/errors";
import {
  commandDescriptor,
  type ArtifactFiles,
  type CandidateSettings,
  type CommandSettings,
} from "@refit/core/runtime";
import { codeOf, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";

type ReadCodePorts = Pick<Ports, "files" | "git">;

/** Whether files are those of the work tree, or of the base commit. */
interface From {
  readonly workTree: boolean;
}

/**
 * The files of a candidate's own program, by path; none where its learner has no program.
 *
 * @throws CommandFailedError for one that is not there.
 */
export async function readCode(
  { files, git }: ReadCodePorts,
  { root, baseCommit }: Repository,
  candidate: CandidateSettings,
  { workTree }: From,
): Promise<ArtifactFiles> {
  const paths = codeOf(candidate);
  if (paths.length === 0) return new Map();
  const contents = workTree
    ? await Promise.all(paths.map((file) => files.read(path.join(root, file))))
    : await git.read(paths.map((file) => `${baseCommit}:${file}`));
  return new Map(
    paths.map((file, i) => {
      const bytes = contents[i];
      if (bytes === null || bytes === undefined) throw codeMissing(file, candidate, workTree);
      return [file, bytes];
    }),
  );
}

function codeMissing(file: string, candidate: CandidateSettings, workTree: boolean): RefitError {
  const where = workTree ? "in the work tree" : "on the base branch";
  if (candidate.learner !== commandDescriptor.name) return new NetworkInvalidError(file, `is not ${where}`);
  const { train } = candidate as unknown as CommandSettings;
  return new CommandFailedError("code-missing", { step: "train", argv: train }, `needs ${file}, which is not ${where}`);
}

/** The spec with the digests of its programs' files; itself where it has no program. */
export async function withCodeDigests(
  ports: ReadCodePorts,
  repository: Repository,
  spec: ModelSpec,
  from: From,
): Promise<ModelSpec> {
  const codeDigests: Record<string, string> = {};
  for (const candidate of spec.candidates) {
    for (const [file, bytes] of await readCode(ports, repository, candidate, from)) codeDigests[file] = sha256(bytes);
  }
  return Object.keys(codeDigests).length === 0 ? spec : { ...spec, codeDigests };
}
