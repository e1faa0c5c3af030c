import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** What is in the way of a file that refit wants to write. */
export interface InTheWay {
  /** Where it is: the file itself or a folder above it. */
  readonly path: string;
  /** What it is, as the end of a sentence that begins with the path. */
  readonly problem: string;
  /** Whether a person who names the file may have it replaced. */
  readonly replaceable: boolean;
}

const shown = 20;

/** Something of the user's, or of the disk, is where files would be written; none was. */
export class FilesInTheWayError extends RefitError {
  readonly code = "files-in-the-way";
  readonly hint: string;

  constructor(found: readonly InTheWay[], options?: ErrorOptions) {
    const lines = found.slice(0, shown).map(({ path, problem }) => `\n  - ${quoted(path, 200)} ${problem}`);
    const more = found.length > shown ? `\n  - and ${found.length - shown} more` : "";
    super(`No file was written:${lines.join("")}${more}`, options);
    const replaceable = found.filter((each) => each.replaceable).map(({ path }) => `--overwrite ${quoted(path, 200)}`);
    this.hint = [
      ...(replaceable.length < found.length ? ["Move away or rename what is in the way."] : []),
      ...(replaceable.length > 0
        ? [`To replace what you no longer need, add ${replaceable.slice(0, shown).join(" ")}, or choose another name.`]
        : []),
    ].join(" ");
  }
}
