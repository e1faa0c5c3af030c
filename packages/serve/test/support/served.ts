import { onTestFinished } from "vitest";
import { fromMap, loadVersion, type LoadedVersion } from "@refit/runtime";
import { madeKinds, madeVersion, type MadeVersion } from "../../../runtime/src/made-version.fixture.ts";
import { createApp, type AppOptions, type ServedModel } from "../../src/index.ts";
import { listen } from "../../src/node.ts";

const versions = new Map<string, Promise<MadeVersion>>();

/** Trained once for all tests of a file. */
export function made(kind: string): Promise<MadeVersion> {
  if (!versions.has(kind)) versions.set(kind, madeVersion(madeKinds[kind]!));
  return versions.get(kind)!;
}

export async function madeLoaded(kind: string, version?: string): Promise<LoadedVersion> {
  return loadVersion(fromMap((await made(kind)).files), version === undefined ? {} : { version });
}

/** Sends a request to a server on this machine, which runs until the test ends. */
export type Ask = (path: string, body?: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export async function servedBy(models: readonly ServedModel[], options: AppOptions = {}): Promise<Ask> {
  return asking(await addressOf(models, options));
}

/** Of a server that runs until the test ends. */
export async function addressOf(models: readonly ServedModel[], options: AppOptions = {}): Promise<string> {
  const { address, close } = await listen(createApp(models, options), { port: 0 });
  onTestFinished(close);
  return address;
}

/** @param body text is sent as it is, all else as JSON; left out: GET */
export function asking(address: string): Ask {
  return async (path, body, headers = {}) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const init = body === undefined ? {} : { method: "POST", body: text };
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(address + path, { ...init, headers: { ...json, ...headers } });
    const answer = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
    const parsed = isJson ? (JSON.parse(answer) as Answer["body"]) : { text: answer };
    return { status: response.status, headers: response.headers, body: parsed };
  };
}
