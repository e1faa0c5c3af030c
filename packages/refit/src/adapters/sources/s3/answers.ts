import { SourceRefusedError } from "@refit/core/errors";
import { type HttpAnswer, readBody } from "../remote/http-client.ts";
import { PassingFault } from "../remote/patience.ts";

/** Of an answer without data. */
export interface StoreRefusal {
  readonly status: number;
  /** The code that the store gives, such as `NoSuchKey`; empty: none. It is the only part of an answer that is ever shown. */
  readonly code: string;
  readonly region: string | null;
}

export async function refusalOf(path: string, answer: HttpAnswer): Promise<StoreRefusal> {
  const text = await readBody(path, answer, 65_536);
  const region = answer.headers["x-amz-bucket-region"] ?? /<Region>([a-z0-9-]{1,40})<\/Region>/.exec(text)?.[1];
  return {
    status: answer.status,
    code: /<Code>([A-Za-z.]{1,60})<\/Code>/.exec(text)?.[1] ?? "",
    region: typeof region === "string" && /^[a-z0-9-]{1,40}$/.test(region) ? region : null,
  };
}

const passing = new Set([
  "SlowDown",
  "InternalError",
  "ServiceUnavailable",
  "RequestTimeout",
  "Throttling",
  "ThrottlingException",
]);
const ofKeys = new Set(["AccessDenied", "InvalidAccessKeyId", "InvalidToken", "SignatureDoesNotMatch"]);
const ofExpiry = new Set(["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"]);

/** @param prefix of the variables that the keys came from. */
export function refusalError(path: string, { status, code, region }: StoreRefusal, prefix: string): Error {
  const said = `the store answered ${status}${code === "" ? "" : ` (${code})`}`;
  const isPassing = passing.has(code) || [408, 425, 429, 304, 416].includes(status) || status >= 500;
  if (isPassing) return new PassingFault(said);
  if (region !== null && (status === 301 || status === 307 || code === "AuthorizationHeaderMalformed")) {
    return new SourceRefusedError(
      path,
      said,
      `The bucket is in another region: add \`region: ${region}\` to the source.`,
    );
  }
  if (status >= 300 && status < 400) return new SourceRefusedError(path, `${said}, which leads elsewhere`, notTheStore);
  if (code === "NoSuchBucket")
    return new SourceRefusedError(path, "there is no bucket of this name", "Check its name, and `endpoint`.");
  if (code === "RequestTimeTooSkewed")
    return new SourceRefusedError(path, said, "Set the clock of this machine: it is off by minutes.");
  if (code === "InvalidObjectState")
    return new SourceRefusedError(path, "it lies in an archive", "Restore it from the archive, then run again.");
  if (code.startsWith("KMS."))
    return new SourceRefusedError(
      path,
      said,
      "Enable the key in KMS that the object is encrypted with, or copy the object under another key.",
    );
  if (ofExpiry.has(code)) return new SourceRefusedError(path, said, expired(prefix));
  if (ofKeys.has(code) || status === 401 || status === 403) return new SourceRefusedError(path, said, rights(prefix));
  return new SourceRefusedError(path, said, "Check the bucket, `endpoint` and `region` in the data manifest.");
}

/** @throws SourceRefusedError for a page for people, which no store sends as a listing. */
export function requireListing(path: string, { headers, body }: HttpAnswer): void {
  if (!/^\s*(?:text\/html|application\/xhtml)/i.test(headers["content-type"] ?? "")) return;
  body.destroy();
  throw new SourceRefusedError(path, "a web page came instead of a listing", notTheStore);
}

const notTheStore =
  "Write the address at which the store speaks the protocol of S3 into `endpoint`: with `https:` if it asks for that, and not the address of its web console (of MinIO usually port 9000, not 9001).";

const expired = (prefix: string) =>
  `The keys have expired: put new ones into ${prefix}_ACCESS_KEY_ID, ${prefix}_SECRET_ACCESS_KEY and ${prefix}_SESSION_TOKEN.`;
const rights = (prefix: string) =>
  `Check that the keys in ${prefix}_ACCESS_KEY_ID and ${prefix}_SECRET_ACCESS_KEY are set and valid, and that they may list the bucket and read its objects (s3:ListBucket, s3:GetObject, s3:GetObjectVersion; of objects under a key of KMS also kms:Decrypt).`;
