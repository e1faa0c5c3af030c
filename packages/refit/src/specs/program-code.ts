import path from "node:path";
import { CommandFailedError, NetworkInvalidError, type RefitError } from "@refit/core/errors";
import { lfsPointer, lfsPointerMaxBytes } from "@refit/core/history";
import {
  commandDescriptor,
  onnxDescriptor,
  type ArtifactFiles,
  type CandidateSettings,
  type CommandSettings,
} from "@refit/core/runtime";
import { codeOf, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";
import { decodeText } from "../text.ts";

type ReadCodePorts = Pick<Ports, "files" | "git">;

/** Whether files are those of the work tree, or of the base commit. */
interface From {
  readonly workTree: boolean;
}

/**
 * The files that a candidate is made of besides its settings, by path: its own program, or its model. What is kept in Git LFS is
 * fetched.
 *
 * @throws CommandFailedError for one that is not there, LfsMissingError, LfsObjectMissingError
 */
export async function readCode(
  ports: ReadCodePorts & Pick<Ports, "largeFiles">,
  repository: Repository,
  candidate: CandidateSettings,
  from: From,
): Promise<ArtifactFiles> {
  return ports.largeFiles.resolve(repository, await readStored(ports, repository, candidate, from));
}

/** The same files as git has them. */
async function readStored(
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
  if (candidate.learner === onnxDescriptor.name) {
    const called = { step: "onnx", argv: [file], learner: onnxDescriptor.name } as const;
    return new CommandFailedError("code-missing", called, `needs ${file}, which is not ${where}`);
  }
  if (candidate.learner !== commandDescriptor.name) return new NetworkInvalidError(file, `is not ${where}`);
  const { train } = candidate as unknown as CommandSettings;
  return new CommandFailedError("code-missing", { step: "train", argv: train }, `needs ${file}, which is not ${where}`);
}

/** Of the content, also where git has a pointer to it. */
function digestOf(bytes: Uint8Array): string {
  const pointer = bytes.byteLength > lfsPointerMaxBytes ? null : lfsPointer(decodeText(bytes));
  return pointer?.sha256 ?? sha256(bytes);
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
    for (const [file, bytes] of await readStored(ports, repository, candidate, from))
      codeDigests[file] = digestOf(bytes);
  }
  return Object.keys(codeDigests).length === 0 ? spec : { ...spec, codeDigests };
}
