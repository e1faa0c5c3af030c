import { openAsBlob } from "node:fs";
import { open } from "node:fs/promises";
import { AwsV4Signer } from "aws4fetch";
import type { MachineVariables } from "../program-environment.ts";

/** A prefix of an object store, and addresses that need no further rights for a while. */
export interface ObjectStore {
  addressOf(method: "GET" | "PUT", name: string): Promise<string>;
  put(name: string, file: string): Promise<void>;
  /** @returns whether there is such an object. */
  get(name: string, into: string): Promise<boolean>;
  /** As far as it can be done. */
  remove(name: string): Promise<void>;
}

/** What a store said instead of doing it, without what would be secret. */
export class StoreError extends Error {}

/** Longest that S3 lets an address live. */
const WEEK = 604_800;

type Method = "GET" | "PUT" | "DELETE";

/**
 * @param place such as `s3://bucket/prefix`. Keys, region and a store of one's own come from the variables of AWS.
 * @param seconds how long addresses live.
 * @throws StoreError where a key is missing.
 */
export function objectStore(place: string, env: MachineVariables, seconds: number): ObjectStore {
  const addressOf = signerOf(place, env, seconds);

  async function ask(method: Method, name: string, body?: Blob): Promise<Response> {
    try {
      return await fetch(await addressOf(method, name), body === undefined ? { method } : { method, body });
    } catch (error) {
      const { cause } = error as { cause?: NodeJS.ErrnoException };
      throw new StoreError(`the store cannot be reached (${cause?.code ?? "no reason given"})`);
    }
  }

  return {
    addressOf,
    async put(name, file) {
      const answer = await ask("PUT", name, await openAsBlob(file));
      if (!answer.ok) throw await refusal(answer);
      await answer.body?.cancel();
    },
    async get(name, into) {
      const answer = await ask("GET", name);
      if (answer.status === 404) return false;
      if (!answer.ok || answer.body === null) throw await refusal(answer);
      const out = await open(into, "wx");
      try {
        for await (const chunk of answer.body as AsyncIterable<Uint8Array>) await out.write(chunk);
      } catch (cause) {
        throw new StoreError("the connection to the store was closed before the end", { cause });
      } finally {
        await out.close();
      }
      return true;
    },
    async remove(name) {
      await ask("DELETE", name).catch(() => {});
    },
  };
}

/** Makes addresses that carry their rights with them. */
function signerOf(
  place: string,
  env: MachineVariables,
  seconds: number,
): (method: Method, name: string) => Promise<string> {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(place) ?? [];
  const keys = { accessKeyId: wanted("AWS_ACCESS_KEY_ID"), secretAccessKey: wanted("AWS_SECRET_ACCESS_KEY") };
  const session = env["AWS_SESSION_TOKEN"] ? { sessionToken: env["AWS_SESSION_TOKEN"] } : {};
  const region = env["AWS_REGION"] || env["AWS_DEFAULT_REGION"] || "us-east-1";
  const own = env["AWS_ENDPOINT_URL_S3"] || env["AWS_ENDPOINT_URL"];
  const base = own ? `${own.replace(/\/$/, "")}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`;
  return async (method, name) => {
    const key = [prefix, name].filter(Boolean).join("/").split("/").map(encodeURIComponent).join("/");
    const url = new URL(`${base}/${key}`);
    url.searchParams.set("X-Amz-Expires", String(Math.min(WEEK, Math.ceil(seconds))));
    const request = { ...keys, ...session, url: url.href, method, service: "s3", region, signQuery: true };
    return (await new AwsV4Signer(request).sign()).url.href;
  };

  function wanted(name: string): string {
    const value = env[name]?.trim();
    if (!value) throw new StoreError(`the variable ${name} is not set`);
    return value;
  }
}

async function refusal(answer: Response): Promise<StoreError> {
  const code = /<Code>([A-Za-z]{1,60})<\/Code>/.exec(await answer.text().catch(() => ""))?.[1];
  return new StoreError(`the store answered ${answer.status}${code === undefined ? "" : ` (${code})`}`);
}
