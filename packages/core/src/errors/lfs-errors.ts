import { quoted } from "./name-words.ts";
import { redact } from "./secrets.ts";
import { RefitError } from "./refit-error.ts";

/** `.gitattributes` wants a file in Git LFS, and the program that puts it there, or brings it, is not here. */
export class LfsMissingError extends RefitError {
  readonly code = "lfs-missing";
  readonly hint = "Install git-lfs (on Debian and Ubuntu: `apt-get install git-lfs`), or remove the file from LFS.";

  constructor(path: string, options?: ErrorOptions) {
    super(`${quoted(path)} is kept in Git LFS, but git-lfs is not installed here.`, options);
  }
}

/** A pointer is here, and what it stands for could not be brought, so the version cannot be used. */
export class LfsObjectMissingError extends RefitError {
  readonly code = "lfs-object-missing";
  readonly hint: string;

  /** @param remote `null`: there is none to ask. @param said what git-lfs wrote; empty when it brought other bytes. */
  constructor(
    pointer: { readonly file: string; readonly sha256: string },
    remote: string | null,
    said: string,
    options?: ErrorOptions,
  ) {
    const why = said.trim() === "" ? "the downloaded bytes have another digest" : redact(said.trim());
    super(
      `${quoted(pointer.file)} is a Git LFS pointer to ${pointer.sha256.slice(0, 12)}…, which cannot be downloaded: ${why}`,
      options,
    );
    this.hint =
      remote === null
        ? "Copy the object into this clone's LFS store, or roll back to an intact version."
        : `Push it from a clone that has it (\`git lfs push --all ${remote}\`), or roll back to an intact version.`;
  }
}
