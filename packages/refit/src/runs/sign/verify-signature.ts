import path from "node:path";
import { quotedList, SignatureInvalidError } from "@refit/core/errors";
import type { Ports } from "../../ports/index.ts";
import { readWhole, type ReadWholePorts } from "../../versions/read-whole.ts";
import { unseal } from "./envelope.ts";
import { keyIdOf, publicKeyOf } from "./key-files.ts";
import { readKeyFile, signatureFile } from "./sign-version.ts";
import { differencesOf, digestsOf, type Differences } from "./model-statement.ts";

type SignaturePorts = ReadWholePorts & Pick<Ports, "workTree">;

export interface VerifyRequest {
  readonly model: string;
  /** As `findVersion` takes it. */
  readonly wanted: string | undefined;
  /** A public key or a certificate, relative to where the command was started. */
  readonly key: string;
  /** Relative to where the command was started; left out: as `refit sign` names it. */
  readonly signature: string | undefined;
}

export interface Verified {
  readonly model: string;
  readonly version: number;
  readonly treeId: string;
  /** Absolute. */
  readonly signature: string;
  /** sha256 of the public key in PEM. */
  readonly keyId: string;
  /** What was signed, in the words of whoever signed. */
  readonly subject: string;
  /** How many are signed: all of the version. */
  readonly files: number;
}

/**
 * Compares every file of a version with what the holder of a key has signed.
 *
 * @throws KeyInvalidError, SignatureInvalidError, VersionUnknownError, VersionBrokenError, FormatNewerError
 */
export async function verifySignature(ports: SignaturePorts, request: VerifyRequest): Promise<Verified> {
  const { model, wanted, key } = request;
  const publicKey = publicKeyOf(key, await readKeyFile(ports, key));
  const { number, treeId, files } = await readWhole(ports, await ports.git.locate(), model, wanted);

  const written = request.signature ?? signatureFile(model, number);
  const signature = path.resolve(ports.workTree.here, written);
  const bytes = await ports.files.read(signature);
  if (bytes === null) throw new SignatureInvalidError(written, "missing", "does not exist");
  const signed = unseal(written, bytes, publicKey);
  const differences = differencesOf(signed.files, digestsOf(files));
  if (differences !== null) {
    const what = `does not sign v${number} of "${model}": ${words(differences)}${otherTree(signed.subject, treeId)}`;
    throw new SignatureInvalidError(written, "other-files", what);
  }
  return {
    model,
    version: number,
    treeId,
    signature,
    keyId: keyIdOf(publicKey),
    subject: signed.subject,
    files: files.size,
  };
}

function words({ changed, added, missing }: Differences): string {
  const parts = [
    [changed, "not as signed"],
    [added, "not signed"],
    [missing, "signed, and not there"],
  ] as const;
  return parts.flatMap(([files, what]) => (files.length === 0 ? [] : [`${what}: ${quotedList(files)}`])).join("; ");
}

/** `refit sign` names the tree. */
function otherTree(subject: string, treeId: string): string {
  const named = /@([0-9a-f]{40,64})$/.exec(subject)?.[1];
  return named === undefined || named === treeId ? "" : `. It was made for the tree ${named}`;
}
