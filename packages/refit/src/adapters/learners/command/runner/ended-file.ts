import { createHash } from "node:crypto";
import { CommandFailedError, quoted, type CalledProgram } from "@refit/core/errors";

/** What a start script wrote when its program had ended. */
export interface EndedCall {
  readonly exitCode: number;
  /** sha256 of each file that the program made, by its path in the job folder. */
  readonly digests: ReadonlyMap<string, string>;
}

/** @returns `null`: it is not a whole one. */
export function parseEnded(text: string): EndedCall | null {
  const [first = "", ...lines] = text.split("\n");
  const exitCode = /^refit-ended 1 (\d{1,3})$/.exec(first)?.[1];
  if (exitCode === undefined || lines.pop() !== "") return null;
  const digests = new Map<string, string>();
  for (const line of lines) {
    const [, digest, file] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (digest === undefined || file === undefined) return null;
    digests.set(file, digest);
  }
  return { exitCode: Number(exitCode), digests };
}

/**
 * Compares what came back with what the program wrote.
 *
 * @param files by their path in the job folder.
 * @throws CommandFailedError
 */
export function checkCameBack(
  { digests }: EndedCall,
  files: ReadonlyMap<string, Uint8Array>,
  program: CalledProgram,
): void {
  const missing = [...digests.keys()].find((file) => !files.has(file));
  if (missing !== undefined) throw altered(`did not bring back ${quoted(missing)}`);
  for (const [file, bytes] of files) {
    const written = digests.get(file);
    if (written === undefined) throw altered(`brought back ${quoted(file)}, which the program did not write`);
    const found = createHash("sha256").update(bytes).digest("hex");
    if (found !== written)
      throw altered(`brought back ${quoted(file)} with the digest ${found}, and the program wrote ${written}`);
  }

  function altered(what: string): CommandFailedError {
    return new CommandFailedError("result-altered", program, what);
  }
}
