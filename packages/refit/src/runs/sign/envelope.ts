import { createPublicKey, sign, verify, X509Certificate, type KeyObject } from "node:crypto";
import { ArtifactInvalidError, SignatureInvalidError } from "@refit/core/errors";
import { type JsonCheck, fields, list, requireFit, text, wordOf } from "@refit/core/runtime";
import { decodeText } from "../../text.ts";
import { keyIdOf } from "./key-files.ts";
import { readModelStatement, statementText, type ModelStatement } from "./model-statement.ts";

const BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
const PAYLOAD = "application/vnd.in-toto+json";

/**
 * A statement in a DSSE envelope, in a bundle of Sigstore: the form in which model_signing keeps it. Other bytes each time.
 *
 * @param certificates that of the key, then those of whoever issued it; none: the key alone.
 */
export function seal(
  statement: ModelStatement,
  privateKey: KeyObject,
  certificates: readonly X509Certificate[] = [],
): string {
  const payload = Buffer.from(statementText(statement));
  const bundle = {
    mediaType: BUNDLE,
    verificationMaterial: { ...identityOf(privateKey, certificates), tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString("base64"),
      payloadType: PAYLOAD,
      signatures: [{ sig: sign("sha256", signedBytes(payload), privateKey).toString("base64"), keyid: "" }],
    },
  };
  return `${JSON.stringify(bundle)}\n`;
}

function identityOf(privateKey: KeyObject, certificates: readonly X509Certificate[]): object {
  if (certificates.length === 0) return { publicKey: { hint: keyIdOf(createPublicKey(privateKey)) } };
  return {
    x509CertificateChain: { certificates: certificates.map(({ raw }) => ({ rawBytes: raw.toString("base64") })) },
  };
}

/**
 * Nothing in the statement is looked at before its signature is found to be right.
 *
 * @param file as messages name it. @param bytes what it holds.
 * @throws SignatureInvalidError
 */
export function unseal(file: string, bytes: Uint8Array, publicKey: KeyObject): ModelStatement {
  return unlessDamaged(file, () => {
    const { payload, signature, keyId } = envelopeOf(bytes);
    if (keyId !== null && keyId !== keyIdOf(publicKey)) {
      throw new SignatureInvalidError(file, "other-key", "was made with another key");
    }
    if (!verify("sha256", signedBytes(payload), publicKey, signature)) {
      const what = "was not made with this key for what it says, or was changed afterwards";
      throw new SignatureInvalidError(file, "not-authentic", what);
    }
    return readModelStatement(file, JSON.parse(decodeText(payload)));
  });
}

/** @throws SignatureInvalidError where it has another form */
function unlessDamaged<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ArtifactInvalidError || error instanceof SyntaxError)) throw error;
    const what = error instanceof SyntaxError ? "is not JSON" : error.message.replace(/\.$/, "");
    throw new SignatureInvalidError(file, "damaged", `is not a signature of a model: ${what}`, { cause: error });
  }
}

interface Envelope {
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  /** `null`: it does not name its key. */
  readonly keyId: string | null;
}

/**
 * Certificates that a signature brings, in DER, the first being that of its key; none: it has the key alone.
 *
 * @param file as messages name it. @throws SignatureInvalidError
 */
export function certificatesIn(file: string, bytes: Uint8Array): readonly Buffer[] {
  return unlessDamaged(file, () => {
    const value: unknown = JSON.parse(decodeText(bytes));
    requireFit(CONTENT, value, fields({ verificationMaterial: optional(materialCheck) }));
    return chainOf((value as Pick<StoredBundle, "verificationMaterial">).verificationMaterial);
  });
}

function chainOf(material: StoredBundle["verificationMaterial"]): Buffer[] {
  return (material?.x509CertificateChain?.certificates ?? []).map(({ rawBytes }) => Buffer.from(rawBytes, "base64"));
}

/** By the certificate that comes first. What it says beside its key is for whoever trusts its issuer. */
function keyIdIn(material: StoredBundle["verificationMaterial"]): string | null {
  const [first] = chainOf(material);
  if (first === undefined) return material?.publicKey?.hint ?? null;
  try {
    return keyIdOf(new X509Certificate(first).publicKey);
  } catch {
    throw new ArtifactInvalidError(CONTENT, "verificationMaterial.x509CertificateChain", "certificates in DER");
  }
}

function envelopeOf(bytes: Uint8Array): Envelope {
  const value: unknown = JSON.parse(decodeText(bytes));
  requireFit(CONTENT, value, bundleCheck);
  const { dsseEnvelope, verificationMaterial } = value as StoredBundle;
  const [{ sig }] = dsseEnvelope.signatures;
  return {
    payload: Buffer.from(dsseEnvelope.payload, "base64"),
    signature: Buffer.from(sig, "base64"),
    keyId: keyIdIn(verificationMaterial),
  };
}

/** What is read of it. */
interface StoredBundle {
  readonly dsseEnvelope: { readonly payload: string; readonly signatures: readonly [{ readonly sig: string }] };
  readonly verificationMaterial?: StoredMaterial | null;
}

/** One of the two, or neither. */
interface StoredMaterial {
  readonly publicKey?: { readonly hint?: string | null };
  readonly x509CertificateChain?: { readonly certificates: readonly { readonly rawBytes: string }[] };
}

const CONTENT = "its content";

const optional =
  (check: JsonCheck): JsonCheck =>
  (value) =>
    value === undefined ? undefined : check(value, 0);
const hint: JsonCheck = (value) => (value === undefined || value === null ? undefined : text(value, 0));
const materialCheck = fields({
  publicKey: optional(fields({ hint })),
  x509CertificateChain: optional(fields({ certificates: list(fields({ rawBytes: text })) })),
});
const bundleCheck = fields({
  mediaType: wordOf(BUNDLE),
  dsseEnvelope: fields({ payloadType: wordOf(PAYLOAD), signatures: list(fields({ sig: text }), 1), payload: text }),
  verificationMaterial: materialCheck,
});

/** Pre-authentication encoding of DSSE 1.0, so that the type of the payload is signed with it. */
function signedBytes(payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD.length} ${PAYLOAD} ${payload.byteLength} `), payload]);
}
