import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { KeyInvalidError, type KeyProblem } from "@refit/core/errors";

/**
 * The key that signs, from PKCS#8 or SEC 1 in PEM. Nothing of its text, and no words of OpenSSL, reach an error.
 *
 * @param file as messages name it. @param passphrase `null`: none was given.
 * @throws KeyInvalidError
 */
export function privateKeyOf(file: string, text: string, passphrase: string | null): KeyObject {
  const labels = labelsOf(file, text);
  if (!labels.some((label) => label.endsWith("PRIVATE KEY"))) throw new KeyInvalidError(file, "public");
  const isEncrypted = labels.includes("ENCRYPTED PRIVATE KEY") || /^Proc-Type: 4,ENCRYPTED/m.test(text);
  if (isEncrypted && passphrase === null) throw new KeyInvalidError(file, "encrypted");
  const open = () => createPrivateKey({ key: text, format: "pem", ...(passphrase !== null && { passphrase }) });
  return ofP256(file, opened(file, open, isEncrypted ? "passphrase" : "damaged"));
}

/**
 * The key that verifies: a public key, or that of a certificate, which is trusted as it is, whoever issued it.
 *
 * @param file as messages name it.
 * @throws KeyInvalidError
 */
export function publicKeyOf(file: string, text: string): KeyObject {
  if (labelsOf(file, text).some((label) => label.endsWith("PRIVATE KEY"))) throw new KeyInvalidError(file, "private");
  return ofP256(
    file,
    opened(file, () => createPublicKey(text), "damaged"),
  );
}

/** The key of a certificate that a signature brings. @param file the signature, as messages name it. @throws KeyInvalidError */
export function publicKeyIn(file: string, certificate: X509Certificate): KeyObject {
  return ofP256(
    file,
    opened(file, () => certificate.publicKey, "damaged"),
  );
}

/**
 * The certificates of a file, in order.
 *
 * @param file as messages name it.
 * @throws KeyInvalidError
 */
export function certificatesOf(file: string, text: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g);
  if (blocks === null) throw new KeyInvalidError(file, "no-certificate");
  return blocks.map((block) => opened(file, () => new X509Certificate(block), "damaged"));
}

/** 64 hex digits by which a signature names its key: sha256 of the public key in PEM. */
export function keyIdOf(publicKey: KeyObject): string {
  return createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "pem" }))
    .digest("hex");
}

function labelsOf(file: string, text: string): string[] {
  const labels = [...text.matchAll(/^-----BEGIN ([A-Z0-9 ]+)-----/gm)].map(([, label]) => label!);
  if (labels.length === 0) throw new KeyInvalidError(file, "not-pem");
  return labels;
}

function opened<T>(file: string, open: () => T, problem: KeyProblem): T {
  try {
    return open();
  } catch {
    throw new KeyInvalidError(file, problem);
  }
}

function ofP256(file: string, key: KeyObject): KeyObject {
  const found = key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType;
  if (key.asymmetricKeyType !== "ec" || found !== "prime256v1") throw new KeyInvalidError(file, "kind", found);
  return key;
}
