import { createPublicKey, type KeyObject, type X509Certificate } from "node:crypto";
import path from "node:path";
import type { Signed } from "@refit/core/answers";
import { FilesInTheWayError, KeyInvalidError, SignatureInvalidError } from "@refit/core/errors";
import { flatName } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { decodeText, encodeText } from "../../text.ts";
import { readWhole, refuseInsideVersion, type ReadWholePorts } from "../../versions/read-whole.ts";
import { certificatesIn, seal, unseal } from "./envelope.ts";
import { certificatesOf, keyIdOf, privateKeyOf } from "./key-files.ts";
import { differencesOf, digestsOf, type ModelStatement } from "./model-statement.ts";

type SignPorts = ReadWholePorts & Pick<Ports, "scratch" | "variables" | "workTree">;

export interface SignRequest {
  readonly model: string;
  /** As `findVersion` takes it. */
  readonly wanted: string | undefined;
  /** The private key, relative to where the command was started. */
  readonly key: string;
  /** The certificate of the key, in PEM; left out: the signature names the key alone. */
  readonly certificate: string | undefined;
  /** Files with the certificates of whoever issued it, in PEM. */
  readonly chain: readonly string[];
  /** Name of the environment variable that holds the passphrase of the key. */
  readonly passphraseVariable: string | undefined;
  /** Relative to where the command was started; left out: named after the version. */
  readonly output: string | undefined;
  /** Write nothing. */
  readonly dryRun: boolean;
}

/** Where the signature of a version is, unless a person says otherwise: outside of its folder, which it must not change. */
export const signatureFile = (model: string, number: number) => `${flatName(model)}-v${number}.sig`;

/**
 * Signs the files of a version. The signature has other bytes each time, so one that stands for the same is left as it is.
 *
 * @throws KeyInvalidError, VersionUnknownError, VersionBrokenError, FormatNewerError, FilesInTheWayError, UsageError
 */
export async function signVersion(ports: SignPorts, request: SignRequest): Promise<Signed> {
  const { model, wanted, key, output, passphraseVariable, dryRun } = request;
  const { here } = ports.workTree;
  const passphrase = passphraseOf(ports, key, passphraseVariable);
  const privateKey = privateKeyOf(key, await readKeyFile(ports, key), passphrase);
  const publicKey = createPublicKey(privateKey);
  const certificates = await certificatesFor(ports, publicKey, request);

  const repository = await ports.git.locate();
  const version = await readWhole(ports, repository, model, wanted);
  const statement = { subject: `${model}@${version.treeId}`, files: digestsOf(version.files) };
  const signature = path.resolve(here, output ?? signatureFile(model, version.number));
  await refuseInsideVersion(ports, repository, signature, "--output FILE");

  const before = await ports.files.read(signature);
  const isSigned = before !== null && saysTheSame(before, { publicKey, certificates }, statement);
  if (before !== null && !isSigned) {
    const problem = "exists, and is not a signature of this version by this key";
    throw new FilesInTheWayError([{ path: path.relative(here, signature), problem, replaceable: false }]);
  }
  if (before === null && !dryRun) await place(ports, repository, signature, seal(statement, privateKey, certificates));
  const { number, treeId } = version;
  const files = Object.fromEntries(statement.files);
  const outcome = isSigned ? "unchanged" : "written";
  return { model, version: number, treeId, signature, keyId: keyIdOf(publicKey), outcome, files };
}

/** @param file relative to where the command was started. @throws KeyInvalidError */
export async function readKeyFile(ports: Pick<Ports, "files" | "workTree">, file: string): Promise<string> {
  const bytes = await ports.files.read(path.resolve(ports.workTree.here, file));
  if (bytes === null) throw new KeyInvalidError(file, "missing");
  return decodeText(bytes);
}

/** The name of the variable is not repeated in an error: it may be the passphrase itself. */
function passphraseOf(
  { variables }: Pick<Ports, "variables">,
  key: string,
  variable: string | undefined,
): string | null {
  if (variable === undefined) return null;
  const value = variables.valueOf(variable);
  if (value === null) throw new KeyInvalidError(key, "variable");
  return value;
}

/** The certificate of the key first. @throws KeyInvalidError */
async function certificatesFor(
  ports: SignPorts,
  publicKey: KeyObject,
  { certificate, chain }: SignRequest,
): Promise<X509Certificate[]> {
  if (certificate === undefined) return [];
  const [own, ...more] = certificatesOf(certificate, await readKeyFile(ports, certificate));
  if (!own!.publicKey.equals(publicKey)) throw new KeyInvalidError(certificate, "other-certificate");
  const issuers: X509Certificate[] = [];
  for (const file of chain) issuers.push(...certificatesOf(file, await readKeyFile(ports, file)));
  return [own!, ...more, ...issuers];
}

interface KeyHolder {
  readonly publicKey: KeyObject;
  readonly certificates: readonly X509Certificate[];
}

function saysTheSame(bytes: Uint8Array, { publicKey, certificates }: KeyHolder, { files }: ModelStatement): boolean {
  try {
    if (differencesOf(unseal("", bytes, publicKey).files, files) !== null) return false;
    const found = certificatesIn("", bytes);
    return found.length === certificates.length && certificates.every(({ raw }, i) => raw.equals(found[i]!));
  } catch (error) {
    if (error instanceof SignatureInvalidError) return false;
    throw error;
  }
}

/** Below the root of the repository no link is followed, since it may lead into a version. */
async function place(
  ports: Pick<Ports, "scratch" | "workTree">,
  { root, commonDir }: Repository,
  target: string,
  text: string,
): Promise<void> {
  const folder = target.startsWith(root + path.sep) ? root : path.dirname(target);
  const file = path.relative(folder, target).split(path.sep).join("/");
  const scratch = await ports.scratch.open(commonDir);
  try {
    await ports.workTree.write(folder, [{ path: file, bytes: encodeText(text), replaces: null }], scratch.path);
  } finally {
    await scratch.remove();
  }
}
