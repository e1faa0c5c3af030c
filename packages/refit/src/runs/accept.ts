import type { Accepted } from "@refit/core/answers";
import { acceptanceEntry, findingCodes, refusalToAccept, type FindingCode } from "@refit/core/data";
import { UsageError } from "@refit/core/errors";
import { checkModelName } from "@refit/core/history";
import { manifestPath, nearest } from "@refit/core/spec";
import path from "node:path";
import type { Ports } from "../ports/index.ts";
import type { FileChange } from "../ports/work-tree.ts";
import { readSpecs } from "../rooms/read.ts";
import { acceptInText } from "../specs/accept-in-text.ts";
import { decodeText, encodeText } from "../text.ts";

type AcceptPorts = Parameters<typeof readSpecs>[0] & Pick<Ports, "scratch" | "workTree">;

export interface AcceptRequest {
  readonly model: string;
  /** Of the finding. */
  readonly code: string;
  /** `null`: the model's target, which findings about its predictions name. */
  readonly column: string | null;
  readonly reason: string;
  /** Write nothing. */
  readonly dryRun: boolean;
}

export const acceptUsage = "refit accept <model> <finding> [column] --reason TEXT [--dry-run] [--json]";

/**
 * Writes what accepts a finding into the data manifest in the work tree, and nothing else anywhere: a person's commit is what
 * accepts it.
 *
 * @throws UsageError, ModelUnknownError, SpecInvalidError, FilesInTheWayError
 */
export async function accept(ports: AcceptPorts, request: AcceptRequest): Promise<Accepted> {
  const { model, code, reason, dryRun } = request;
  checkModelName(model);
  checkCode(code);
  const repository = await ports.git.locate();
  const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: true });
  const column = request.column ?? spec.target;
  const file = manifestPath(spec.data);
  const before = (await ports.files.read(path.join(repository.root, file)))!;
  const entry = acceptanceEntry({ column, finding: code, reason });
  const after = encodeText(acceptInText(decodeText(before), { column, finding: code, reason }, entry));

  const planned = [{ path: file, bytes: after, replaces: before }];
  const change = dryRun
    ? await ports.workTree.check(repository.root, planned)
    : await writeWith(ports, repository, planned);
  const { fields } = manifest.schema;
  const ofTables = (manifest.tables ?? []).flatMap(({ name, schema }) =>
    schema.fields.map((field) => `${name}.${field.name}`),
  );
  const names = [...fields.map(({ name }) => name), ...ofTables];
  const declared = fields.length === 0 || column === spec.target || names.includes(column);
  return { file, column, entry, change: change.get(file)!, declared };
}

async function writeWith(
  ports: Pick<Ports, "scratch" | "workTree">,
  { root, commonDir }: { readonly root: string; readonly commonDir: string },
  planned: Parameters<Ports["workTree"]["write"]>[1],
): Promise<ReadonlyMap<string, FileChange>> {
  const scratch = await ports.scratch.open(commonDir);
  try {
    return await ports.workTree.write(root, planned, scratch.path);
  } finally {
    await scratch.remove();
  }
}

function checkCode(code: string): void {
  const refusal = refusalToAccept(code);
  if (refusal === null) return;
  if (refusal === "unknown") {
    const near = nearest(code, Object.keys(findingCodes));
    const meant = near === undefined ? "" : ` Did you mean "${near}"?`;
    throw new UsageError(`There is no finding "${code}".${meant}`, acceptUsage);
  }
  const { hint } = findingCodes[code as FindingCode];
  const why =
    refusal === "error"
      ? `"${code}" is an error, which nobody can accept. ${hint}`
      : `"${code}" is a warning. It blocks nothing, so there is nothing to accept.`;
  throw new UsageError(why, acceptUsage);
}
