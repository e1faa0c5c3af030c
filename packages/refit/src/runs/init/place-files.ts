import { UsageError } from "@refit/core/errors";
import { encodeText } from "../../text.ts";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import type { FileChange, PlannedFile } from "../../ports/work-tree.ts";

export interface InitFile {
  readonly text: string;
  /** The bytes that the text was made out of, where it adds to what is there. */
  readonly addsTo: Uint8Array | null;
}

interface PlaceOptions {
  /** Files that a person has named to be replaced, by path from the root. */
  readonly overwrite: readonly string[];
  readonly dryRun: boolean;
}

/** Writes all files, or none and says why. @throws FilesInTheWayError, UsageError */
export async function placeFiles(
  ports: Pick<Ports, "scratch" | "workTree">,
  { root, commonDir }: Repository,
  files: ReadonlyMap<string, InitFile>,
  { overwrite, dryRun }: PlaceOptions,
): Promise<ReadonlyMap<string, FileChange>> {
  const stray = overwrite.find((file) => !files.has(file));
  if (stray !== undefined) {
    throw new UsageError(
      `--overwrite ${stray} is not a file that would be written.`,
      [...files.keys()].map((file) => `--overwrite ${file}`).join(" or "),
    );
  }
  const planned = [...files].map(([path, { text, addsTo }]): PlannedFile => {
    return { path, bytes: encodeText(text), replaces: addsTo ?? (overwrite.includes(path) ? "anything" : null) };
  });
  if (dryRun) return ports.workTree.check(root, planned);
  const scratch = await ports.scratch.open(commonDir);
  try {
    return await ports.workTree.write(root, planned, scratch.path);
  } finally {
    await scratch.remove();
  }
}
