import type { X509Certificate } from "node:crypto";
import path from "node:path";
import type { Verified } from "@refit/core/answers";
import { KeyInvalidError, quotedList, SignatureInvalidError } from "@refit/core/errors";
import type { Ports } from "../../ports/index.ts";
import { readWhole, type ReadWholePorts } from "../../versions/read-whole.ts";
import { isSelfSigned, lineOf, pathToRoot } from "./certificate-path.ts";
import { certificatesIn, unseal } from "./envelope.ts";
import { certificatesOf, keyIdOf, publicKeyIn, publicKeyOf } from "./key-files.ts";
import { readKeyFile, signatureFile } from "./sign-version.ts";
import { differencesOf, digestsOf, type Differences } from "./model-statement.ts";

type SignaturePorts = ReadWholePorts & Pick<Ports, "clock" | "workTree">;

export interface VerifyRequest {
  readonly model: string;
  /** As `findVersion` takes it. */
  readonly wanted: string | undefined;
  /** A public key or a certificate, relative to where the command was started; left out: that of the certificate that the signature brings. */
  readonly key: string | undefined;
  /** Files with certificates that are trusted to issue others, relative likewise; empty: nobody asks who issued a certificate. */
  readonly roots: readonly string[];
  /** Relative to where the command was started; left out: as `refit sign` names it. */
  readonly signature: string | undefined;
}

/**
 * Compares every file of a version with what the holder of a key has signed. With roots, the certificate of the key has to lead to one of them.
 *
 * @throws KeyInvalidError, SignatureInvalidError, VersionUnknownError, VersionBrokenError, FormatNewerError
 */
export async function verifySignature(ports: SignaturePorts, request: VerifyRequest): Promise<Verified> {
  const { model, wanted, key } = request;
  const given = key === undefined ? null : publicKeyOf(key, await readKeyFile(ports, key));
  const trusted = await trustedBy(ports, request.roots);
  const { number, treeId, files } = await readWhole(ports, await ports.git.locate(), model, wanted);

  const written = request.signature ?? signatureFile(model, number);
  const signature = path.resolve(ports.workTree.here, written);
  const bytes = await ports.files.read(signature);
  if (bytes === null) throw new SignatureInvalidError(written, "missing", "does not exist");
  const now = ports.clock.now();
  const brought = trusted === null ? [] : certificatesIn(written, bytes);
  const issued = trusted === null ? null : pathToRoot({ file: written, brought, ...trusted, now });
  const publicKey = given ?? publicKeyIn(written, issued![0]!);
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
    certificate: issued && {
      path: issued.map(({ subject }) => lineOf(subject)),
      validAt: new Date(now).toISOString(),
    },
  };
}

interface TrustedCertificates {
  readonly roots: readonly X509Certificate[];
  readonly helpers: readonly X509Certificate[];
}

/** Among several certificates of a file, those that issued themselves are the roots. @returns `null`: none was given @throws KeyInvalidError */
async function trustedBy(ports: SignaturePorts, names: readonly string[]): Promise<TrustedCertificates | null> {
  if (names.length === 0) return null;
  const roots: X509Certificate[] = [];
  const helpers: X509Certificate[] = [];
  for (const file of names) {
    for (const each of certificatesOf(file, await readKeyFile(ports, file)))
      (isSelfSigned(each) ? roots : helpers).push(each);
  }
  if (roots.length === 0) throw new KeyInvalidError(names[0]!, "not-root");
  return { roots, helpers };
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
