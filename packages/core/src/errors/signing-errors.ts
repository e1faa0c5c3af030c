import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

const makeOne =
  "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem && openssl pkey -in key.pem -pubout -out key.pub";

/** Why a file is not the key that is needed. None of the words comes from the file, so that nothing of a key is ever shown. */
export type KeyProblem =
  | "missing"
  | "not-pem"
  | "public"
  | "private"
  | "encrypted"
  | "passphrase"
  | "variable"
  | "kind"
  | "no-certificate"
  | "other-certificate"
  | "not-root"
  | "damaged";

const keyWords: Readonly<Record<KeyProblem, readonly [what: string, hint: string]>> = {
  missing: ["does not exist", `Name another file with --key. To make a key: ${makeOne}`],
  "not-pem": [
    "is not a key in PEM: it has no line such as -----BEGIN PRIVATE KEY-----",
    "Convert it, for example with `openssl pkey -inform DER -in FILE -out key.pem`.",
  ],
  public: ["has no private key, and only a private key can sign", "Name the file of the private key with --key."],
  private: [
    "is a private key; to verify needs only the public one, and a private key should not leave the place where it signs",
    "Write the public key to a file of its own: openssl pkey -in KEY -pubout -out key.pub",
  ],
  encrypted: [
    "is encrypted",
    "Put its passphrase into an environment variable and give the name of the variable: --passphrase-env NAME",
  ],
  passphrase: [
    "is encrypted, and the passphrase does not open it, or the file is damaged",
    "Check the value of the variable that --passphrase-env names.",
  ],
  variable: [
    "is not opened, since --passphrase-env does not name an environment variable that is set",
    "Set the variable, and give its name, not the passphrase itself: --passphrase-env NAME",
  ],
  kind: [
    "is a key of another kind; expected is an elliptic curve key on P-256 (prime256v1)",
    `To make one: ${makeOne}`,
  ],
  "no-certificate": [
    "is not a certificate in PEM: it has no line -----BEGIN CERTIFICATE-----",
    "Name the certificate of the signing key with --certificate, those of whoever issued it with --chain, and with `refit verify-signature` the root with --root.",
  ],
  "other-certificate": [
    "is the certificate of another key than the one that would sign",
    "Name the certificate that was issued for the key of --key.",
  ],
  "not-root": [
    "has no root: each of its certificates was issued by another one, and trust begins with one that issued itself",
    "Name the root certificate with --root. To trust one key without checking who issued it, name its certificate with --key.",
  ],
  damaged: [
    "cannot be read as a key: it is damaged, or of a form other than PKCS#8, SEC 1 or X.509",
    `To make one: ${makeOne}`,
  ],
};

/** The file that was given as a key cannot sign, or cannot verify. */
export class KeyInvalidError extends RefitError {
  readonly code = "key-invalid";
  readonly hint: string;
  readonly problem: KeyProblem;

  /** @param found what it is in its place, such as `rsa`. */
  constructor(file: string, problem: KeyProblem, found = "") {
    super(`${quoted(file, 200)} ${keyWords[problem][0]}${found === "" ? "" : `, not ${found}`}.`);
    this.problem = problem;
    this.hint = keyWords[problem][1];
  }
}

/** Why a signature does not stand for a version. */
export type SignatureProblem =
  | "missing"
  | "damaged"
  | "other-key"
  | "not-authentic"
  | "other-files"
  | "no-certificate"
  | "untrusted"
  | "expired"
  | "not-for-signing"
  | "not-an-issuer";

const signatureHints: Readonly<Record<SignatureProblem, string>> = {
  missing: "Name the file with --signature, or make it with `refit sign`.",
  damaged:
    "Download the file again from where it was published, or sign again with `refit sign`. Expected is the form of model_signing 1.0 or newer, by files and with sha256.",
  "other-key": "Name the key of whoever signed with --key. If it should have been this key, do not use the version.",
  "not-authentic":
    "Download the file again from where it was published. If the result is the same, somebody has changed it: do not use the version.",
  "other-files": "Name the version that was signed, such as churn@v3, or the signature of this one with --signature.",
  "no-certificate":
    "Name the public key of whoever signed with --key, or let them sign with `refit sign --certificate FILE`.",
  untrusted:
    "Name the root certificate with --root, and with a further --root each intermediate certificate that the signature does not include. If you do not know who issued that certificate, do not use the version.",
  expired:
    "Let the version be signed again with a valid certificate. A signature has no time that could be trusted: if you know from elsewhere that it existed while all were valid, name that time with --now, such as --now 2026-03-01T00:00:00Z.",
  "not-for-signing":
    "Let the version be signed with a certificate that allows it: keyUsage digitalSignature, or extendedKeyUsage codeSigning.",
  "not-an-issuer":
    "Let the certificate be issued again by one that may issue it (basicConstraints CA:true, keyUsage keyCertSign). Until then, do not trust it by this root.",
};

/** A signature that does not say what is to be proven; the version may be as it is, or not. */
export class SignatureInvalidError extends RefitError {
  readonly code = "signature-invalid";
  readonly hint: string;
  readonly problem: SignatureProblem;

  /** @param what ends a sentence that begins with the file. */
  constructor(file: string, problem: SignatureProblem, what: string, options?: ErrorOptions) {
    super(`${quoted(file, 200)} ${what}.`, options);
    this.problem = problem;
    this.hint = signatureHints[problem];
  }
}
