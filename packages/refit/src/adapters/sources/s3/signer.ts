import { SourceRefusedError } from "@refit/core/errors";
import type { RemoteSource } from "../remote/remote-place.ts";
import type { SourceWorld } from "../source-kind.ts";

/** Adds what proves who asks, for one request of these headers. */
export type Signer = (
  url: URL,
  method: "GET",
  headers: Readonly<Record<string, string>>,
) => Promise<Record<string, string>>;

/** The prefix of the variables that a source's credentials are in, such as `AWS` for `AWS_ACCESS_KEY_ID`. */
export function prefixOf({ credentials = "AWS" }: RemoteSource): string {
  return credentials;
}

export function regionOf({ region }: RemoteSource, env: SourceWorld["env"]): string {
  return region ?? given(env["AWS_REGION"]) ?? given(env["AWS_DEFAULT_REGION"]) ?? "us-east-1";
}

/**
 * Signs by the keys of the environment. Without any, requests go out unsigned: public buckets take them.
 *
 * @throws SourceRefusedError where half of a pair is missing.
 */
export function signerOf(source: RemoteSource, env: SourceWorld["env"]): Signer {
  const prefix = prefixOf(source);
  const accessKeyId = given(env[`${prefix}_ACCESS_KEY_ID`]);
  const secretAccessKey = given(env[`${prefix}_SECRET_ACCESS_KEY`]);
  const sessionToken = given(env[`${prefix}_SESSION_TOKEN`]);
  const isNamed = source.credentials !== undefined;
  if (accessKeyId === undefined && secretAccessKey === undefined && !isNamed)
    return async (_url, _method, headers) => ({ ...headers });
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const missing = `${prefix}_${accessKeyId === undefined ? "ACCESS_KEY_ID" : "SECRET_ACCESS_KEY"}`;
    const hint = `Set ${missing} in the environment of refit; in a workflow, from a secret, and name it in REFIT_SOURCE_ENV.`;
    throw new SourceRefusedError(source.path, `the variable ${missing} is not set`, hint);
  }
  const keys = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  return async (url, method, headers) => {
    const { AwsV4Signer } = await import("aws4fetch");
    const signer = new AwsV4Signer({
      ...keys,
      url: url.href,
      method,
      headers,
      service: "s3",
      region: regionOf(source, env),
    });
    const signed = await signer.sign();
    return Object.fromEntries(signed.headers);
  };
}

/** Space around a secret comes from how it was pasted. */
function given(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === "" ? undefined : text;
}
