import { spawn } from "node:child_process";
import { AwsClient } from "aws4fetch";
import { pythonTool } from "./python-tool.ts";

export const motoVersion = "5.2.5";

/** An object store that speaks the protocol of S3, on loopback; it takes any credentials. */
export interface ObjectStore {
  readonly origin: string;
  createBucket(name: string, options?: { readonly isVersioned?: boolean }): Promise<void>;
  /** @returns the version id, where the bucket has versions. */
  put(bucket: string, key: string, content: string | Uint8Array): Promise<string | null>;
  /** @param versionId this version for good; left out: what is newest is marked as deleted. */
  remove(bucket: string, key: string, versionId?: string): Promise<void>;
  close(): Promise<void>;
}

/** moto's server, or why there is none. */
export async function startMoto(): Promise<{ readonly store: ObjectStore | null; readonly missing: string }> {
  const { python, missing } = await pythonTool(`moto-${motoVersion}`, [`moto[server,s3]==${motoVersion}`]);
  if (python === null) return { store: null, missing };
  const child = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
  });
  const ended = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  let said = "";
  const origin = await new Promise<string | null>((resolve) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => resolve(null));
  });
  if (origin === null) return { store: null, missing: `moto does not start: ${said.trim().split("\n").at(-1)}` };
  const close = async () => {
    child.kill();
    await ended;
  };
  return { store: { ...storeAt(origin), close }, missing: "" };
}

function storeAt(origin: string): Omit<ObjectStore, "close"> {
  const client = new AwsClient({ accessKeyId: "test", secretAccessKey: "test", service: "s3", region: "us-east-1" });
  async function ask(method: string, place: string, body?: string | Uint8Array) {
    const answer = await client.fetch(`${origin}/${place}`, { method, body: (body as string | undefined) ?? null });
    if (!answer.ok) throw new Error(`${method} ${place}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  const addressOf = (bucket: string, key: string) => `${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  return {
    origin,
    async createBucket(name, { isVersioned = false } = {}) {
      await ask("PUT", name);
      const status = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
      if (isVersioned) await ask("PUT", `${name}?versioning`, status);
    },
    async put(bucket, key, content) {
      return (await ask("PUT", addressOf(bucket, key), content)).headers.get("x-amz-version-id");
    },
    async remove(bucket, key, versionId) {
      await ask("DELETE", `${addressOf(bucket, key)}${versionId === undefined ? "" : `?versionId=${versionId}`}`);
    },
  };
}
