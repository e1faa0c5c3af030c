import { SignatureInvalidError } from "@refit/core/errors";
import { fields, fits, list, requireFit, text, wordOf } from "@refit/core/runtime";
import { sha256 } from "../../sha256.ts";

/** sha256 as 64 hex digits, by path in the version. */
export type SignedDigests = ReadonlyMap<string, string>;

/** What is signed: an in-toto statement of the OpenSSF model signing format, by which tools outside of refit verify a folder. */
export interface ModelStatement {
  /** What was signed, in the words of whoever signed; only for people. */
  readonly subject: string;
  readonly files: SignedDigests;
}

const STATEMENT = "https://in-toto.io/Statement/v1";
const PREDICATE = "https://model_signing/signature/v1.0";

export function digestsOf(files: ReadonlyMap<string, Uint8Array>): SignedDigests {
  return new Map([...files].map(([file, bytes]) => [file, sha256(bytes)]));
}

/** The digest of all files: that of their digests, in the order in which they stand in the statement. */
function digestOfAll(digests: readonly string[]): string {
  return sha256(Buffer.from(digests.join(""), "hex"));
}

/** Sorts `a/b` before `a-b`, as model_signing does. */
const inFolders = (path: string) => path.replaceAll("/", "\0");

/** The same files give the same bytes. */
export function statementText({ subject, files }: ModelStatement): string {
  const resources = [...files]
    .toSorted(([one], [other]) => (inFolders(one) < inFolders(other) ? -1 : 1))
    .map(([name, digest]) => ({ name, algorithm: "sha256", digest }));
  return JSON.stringify({
    _type: STATEMENT,
    subject: [{ name: subject, digest: { sha256: digestOfAll(resources.map(({ digest }) => digest)) } }],
    predicateType: PREDICATE,
    predicate: { serialization: { method: "files", hash_type: "sha256", allow_symlinks: false }, resources },
  });
}

/**
 * Paths that a signer left out (`ignore_paths`) are not left out here: git holds nothing but the files of the version.
 *
 * @param file the signature, as messages name it.
 * @throws ArtifactInvalidError for another form; SignatureInvalidError where the statement contradicts itself
 */
export function readModelStatement(file: string, value: unknown): ModelStatement {
  requireFit("its statement", value, statementCheck);
  const { subject, predicate } = value as StoredStatement;
  const [{ name, digest }] = subject;
  const { resources } = predicate;
  const files = new Map(resources.map((resource) => [resource.name, resource.digest]));
  if (files.size < resources.length || digest.sha256 !== digestOfAll(resources.map((resource) => resource.digest))) {
    throw new SignatureInvalidError(file, "damaged", "contradicts itself: its digest is not that of its files");
  }
  return { subject: name, files };
}

/** What is read of it. */
interface StoredStatement {
  readonly subject: readonly [{ readonly name: string; readonly digest: { readonly sha256: string } }];
  readonly predicate: { readonly resources: readonly { readonly name: string; readonly digest: string }[] };
}

const statementCheck = fields({
  _type: wordOf(STATEMENT),
  predicateType: wordOf(PREDICATE),
  subject: list(fields({ digest: fields({ sha256: text }), name: text }), 1),
  predicate: fields({
    serialization: fields({ method: wordOf("files") }),
    resources: list(
      fields({
        algorithm: wordOf("sha256"),
        digest: fits("64 hex digits", (digest) => typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest)),
        name: text,
      }),
    ),
  }),
});

/** Files that differ from what was signed, each as a path. */
export interface Differences {
  readonly changed: readonly string[];
  /** In the version, and not signed. */
  readonly added: readonly string[];
  /** Signed, and not in the version. */
  readonly missing: readonly string[];
}

/** @returns `null` where all files are those that were signed. */
export function differencesOf(signed: SignedDigests, found: SignedDigests): Differences | null {
  const [names, signedNames] = [[...found.keys()], [...signed.keys()]];
  const changed = names.filter((name) => signed.has(name) && signed.get(name) !== found.get(name));
  const added = names.filter((name) => !signed.has(name));
  const missing = signedNames.filter((name) => !found.has(name));
  return changed.length + added.length + missing.length === 0 ? null : { changed, added, missing };
}
