import { X509Certificate } from "node:crypto";
import { quoted, SignatureInvalidError, type SignatureProblem } from "@refit/core/errors";
import { extensionsOf, type CertificateExtensions } from "./certificate-extensions.ts";

/** What a path is looked for with. */
export interface PathRequest {
  /** The signature, as messages name it. */
  readonly file: string;
  /** In DER, as the signature brings them: that of its key first. */
  readonly brought: readonly Uint8Array[];
  /** Self-signed certificates that a person trusts. */
  readonly roots: readonly X509Certificate[];
  /** Others that the person has given, which are trusted only if they lead to a root. */
  readonly helpers: readonly X509Certificate[];
  /** Epoch milliseconds: when all of them have to be valid. A signature says no time of its own that could be trusted. */
  readonly now: number;
}

/** More are refused, so that nobody makes us compare each with each. */
const mostBrought = 20;
const CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

/**
 * From the certificate of a key to a root: each is issued by the next, which may issue, and all are valid. Whether one was revoked is not asked.
 *
 * @returns the certificate of the key first, the root last; one alone where that is a root itself.
 * @throws SignatureInvalidError
 */
export function pathToRoot(request: PathRequest): X509Certificate[] {
  const { file, roots, helpers, now } = request;
  const [own, ...others] = broughtBy(request);
  const refused = whyNotOwn(own!, now);
  if (refused !== null) throw new SignatureInvalidError(file, ...refused);
  const issuers = [...roots.map(described), ...others, ...helpers.map(described)];
  const visited = new Set([own!.certificate.fingerprint256]);
  // Nearest first, so that each is looked at once, with as few issuers below it as there can be.
  const open: DescribedCertificate[][] = [[own!]];
  let why: PathObstacle | null = null;
  for (const path of open) {
    const last = path.at(-1)!;
    if (roots.some((root) => root.raw.equals(last.certificate.raw))) return path.map(({ certificate }) => certificate);
    for (const issuer of issuers) {
      if (visited.has(issuer.certificate.fingerprint256) || !isIssuedBy(last.certificate, issuer.certificate)) continue;
      visited.add(issuer.certificate.fingerprint256);
      const refusal = whyNoIssuer(issuer, { certificate: last.certificate, below: path.length - 1, now });
      if (refusal === null) open.push([...path, issuer]);
      else why ??= refusal;
    }
  }
  throw new SignatureInvalidError(file, ...(why ?? whyNotTrusted(open.at(-1)!.at(-1)!.certificate)));
}

/** Issued by itself, as a root is. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  return isIssuedBy(certificate, certificate);
}

/** A subject or an issuer on one line. A certificate may have none, which the types of Node do not say. */
export function lineOf(name: string | undefined): string {
  return (name ?? "no name").replaceAll("\n", ", ");
}

/** As messages name it. */
const named = (name: string | undefined) => quoted(lineOf(name), 200);

interface DescribedCertificate extends CertificateExtensions {
  readonly certificate: X509Certificate;
}

type PathObstacle = readonly [problem: SignatureProblem, what: string];

function broughtBy({ file, brought }: PathRequest): DescribedCertificate[] {
  if (brought.length === 0) {
    throw new SignatureInvalidError(
      file,
      "no-certificate",
      "names a key alone, and no certificate that leads to a root",
    );
  }
  if (brought.length > mostBrought) {
    throw new SignatureInvalidError(
      file,
      "damaged",
      `brings ${brought.length} certificates, and at most ${mostBrought} are read`,
    );
  }
  try {
    return brought.map((bytes) => described(new X509Certificate(bytes)));
  } catch (error) {
    throw new SignatureInvalidError(file, "damaged", "brings a certificate that cannot be read", { cause: error });
  }
}

function described(certificate: X509Certificate): DescribedCertificate {
  try {
    return { certificate, ...extensionsOf(certificate) };
  } catch {
    return { certificate, signs: null, mostIssuersBelow: null, unknown: ["that cannot be read"] };
  }
}

/** Whether the issuer may do that is another question. Keys of a kind that OpenSSL does not know verify nothing. */
function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.issuer === issuer.subject && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function whyNotOwn(own: DescribedCertificate, now: number): PathObstacle | null {
  const { certificate, signs } = own;
  const isForCode = signs !== null && certificate.keyUsage?.includes(CODE_SIGNING) === true;
  if (signs === true || isForCode) return whyNotValid(own, now);
  const called = `was made with the certificate of ${named(certificate.subject)}, which`;
  const what = signs === null ? "does not say what its key is for" : "is not for signatures";
  return ["not-for-signing", `${called} ${what}`];
}

function whyNotTrusted(last: X509Certificate): PathObstacle {
  if (isSelfSigned(last))
    return ["untrusted", `leads to the root ${named(last.subject)}, which is not one of those given`];
  const what = `was made with a certificate that leads to ${named(last.issuer)}, of which no certificate is given`;
  return ["untrusted", what];
}

interface IssuedCertificate {
  readonly certificate: X509Certificate;
  /** Certificates of issuers between the issuer of this one and that of the key. */
  readonly below: number;
  readonly now: number;
}

function whyNoIssuer(
  issuer: DescribedCertificate,
  { certificate, below, now }: IssuedCertificate,
): PathObstacle | null {
  const { mostIssuersBelow } = issuer;
  const called = `leads to the certificate of ${named(issuer.certificate.subject)}, which`;
  // The second is about the use of its key, and ids of keys.
  if (!issuer.certificate.ca || !certificate.checkIssued(issuer.certificate)) {
    return ["not-an-issuer", `${called} may not issue others`];
  }
  if (mostIssuersBelow !== null && below > mostIssuersBelow) {
    return ["not-an-issuer", `${called} allows ${mostIssuersBelow} issuers below itself, and here are ${below}`];
  }
  return whyNotValid(issuer, now);
}

function whyNotValid({ certificate, unknown }: DescribedCertificate, now: number): PathObstacle | null {
  const { subject, validFrom, validTo } = certificate;
  const called = `needs the certificate of ${named(subject)}, which`;
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  if (unknown.length > 0) {
    return ["not-an-issuer", `${called} has rules that refit does not check (extension ${unknown.join(", ")})`];
  }
  if (from <= now && now <= to) return null;
  const time = (at: number) => (Number.isNaN(at) ? "an unknown time" : new Date(at).toISOString());
  return ["expired", `${called} is valid from ${time(from)} to ${time(to)}, and it is ${time(now)} now`];
}
