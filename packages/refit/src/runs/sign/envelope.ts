import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { ArtifactInvalidError, SignatureInvalidError } from "@refit/core/errors";
import { jsonReader } from "@refit/core/runtime";
import { decodeText } from "../../text.ts";
import { keyIdOf } from "./key-files.ts";
import { readModelStatement, statementText, type ModelStatement } from "./model-statement.ts";

const BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
const PAYLOAD = "application/vnd.in-toto+json";

/** A statement in a DSSE envelope, in a bundle of Sigstore: the form in which model_signing keeps it. Other bytes each time. */
export function seal(statement: ModelStatement, privateKey: KeyObject): string {
  const payload = Buffer.from(statementText(statement));
  const bundle = {
    mediaType: BUNDLE,
    verificationMaterial: { publicKey: { hint: keyIdOf(createPublicKey(privateKey)) }, tlogEntries: [] },
    dsseEnvelope: {
      payload: payload.toString("base64"),
      payloadType: PAYLOAD,
      signatures: [{ sig: sign("sha256", signedBytes(payload), privateKey).toString("base64"), keyid: "" }],
    },
  };
  return `${JSON.stringify(bundle)}\n`;
}

/**
 * Nothing in the statement is looked at before its signature is found to be right.
 *
 * @param file as messages name it. @param bytes what it holds.
 * @throws SignatureInvalidError
 */
export function unseal(file: string, bytes: Uint8Array, publicKey: KeyObject): ModelStatement {
  try {
    const { payload, signature, keyId } = envelopeOf(bytes);
    if (keyId !== null && keyId !== keyIdOf(publicKey)) {
      throw new SignatureInvalidError(file, "other-key", "was made with another key");
    }
    if (!verify("sha256", signedBytes(payload), publicKey, signature)) {
      const what = "was not made with this key for what it says, or was changed afterwards";
      throw new SignatureInvalidError(file, "not-authentic", what);
    }
    return readModelStatement(file, JSON.parse(decodeText(payload)));
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

function envelopeOf(bytes: Uint8Array): Envelope {
  const bundle = jsonReader("its content", JSON.parse(decodeText(bytes)));
  bundle.at("mediaType").asWord(BUNDLE);
  const envelope = bundle.at("dsseEnvelope");
  envelope.at("payloadType").asWord(PAYLOAD);
  const [signature] = envelope.at("signatures").asList(1);
  const key = bundle.at("verificationMaterial").at("publicKey");
  return {
    payload: Buffer.from(envelope.at("payload").asText(), "base64"),
    signature: Buffer.from(signature!.at("sig").asText(), "base64"),
    keyId: key.has("hint") && !key.at("hint").isNull() ? key.at("hint").asText() : null,
  };
}

/** Pre-authentication encoding of DSSE 1.0, so that the type of the payload is signed with it. */
function signedBytes(payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`DSSEv1 ${PAYLOAD.length} ${PAYLOAD} ${payload.byteLength} `), payload]);
}
