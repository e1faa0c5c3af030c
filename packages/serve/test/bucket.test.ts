import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundleFor } from "../../runtime/test/support/bundle.ts";
import { chromium, openInBrowser } from "../../runtime/test/support/chromium.ts";
import { serve } from "../../runtime/test/support/serve.ts";
import vectors from "../../../docs/reference/bucket-vectors.json" with { type: "json" };
import { canaryBucket, isForCanary } from "../src/index.ts";
import { keyTextOf } from "../src/bucket.ts";

const examples = path.resolve(import.meta.dirname, "../../../examples/python");
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const treeId = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
/** Of many keys, who is in the canary at each of two shares, as one text of letters. */
const [keys, few, more] = [1_000_000, 5, 25];

interface Split {
  readonly few: number;
  readonly more: number;
  /** Keys that the larger share has lost. */
  readonly lost: number;
  /** sha256 of the letters. */
  readonly digest: string;
}

/** What a page and this process run alike. */
const split = `
export async function arms(canaryBucket, keys, few, more, treeId) {
  const letters = new Uint8Array(keys);
  const counts = { few: 0, more: 0, lost: 0 };
  for (let i = 0; i < keys; i++) {
    const bucket = canaryBucket(treeId, "customer-" + i);
    const [inFew, inMore] = [bucket < few / 100, bucket < more / 100];
    if (inFew) counts.few += 1;
    if (inMore) counts.more += 1;
    if (inFew && !inMore) counts.lost += 1;
    letters[i] = 48 + Number(inFew) + 2 * Number(inMore);
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", letters));
  return { ...counts, digest: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}
`;

/** By hashlib, whose bytes are those of OpenSSL. */
const pythonSplit = `
import hashlib, json, sys
from refit_bucket import bucket
keys, few, more, tree = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
buckets = [bucket(tree, f"customer-{i}") for i in range(keys)]
arms = [(each < few / 100, each < more / 100) for each in buckets]
letters = "".join(str(a + 2 * b) for a, b in arms)
print(json.dumps({"few": sum(a for a, _ in arms), "more": sum(b for _, b in arms), "lost": sum(a and not b for a, b in arms), "digest": hashlib.sha256(letters.encode()).hexdigest()}))
`;

const pythonVectors = `
import json, sys
from refit_bucket import bucket, is_for_canary, key_text
for vector in json.load(sys.stdin)["vectors"]:
    assert key_text(vector["values"]) == vector["key"], vector
    assert bucket(vector["canary"], vector["key"]) == vector["bucket"], vector
    assert is_for_canary(vector["canary"], 50, vector["key"]) == (vector["bucket"] < 0.5), vector
assert bucket("0f", "\\ud800x") == bucket("0f", "\\ufffdx")
`;

function python(program: string, args: readonly string[] = [], input = "") {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1", PYTHONUTF8: "1" };
  const { status, stdout, stderr } = spawnSync("python3", ["-c", program, ...args], {
    cwd: examples,
    encoding: "utf8",
    input,
    env,
  });
  return { status, stdout, stderr };
}

/** In this process, by node:crypto. */
function splitHere(): Split {
  const letters = new Uint8Array(keys);
  const counts = { few: 0, more: 0, lost: 0 };
  for (let i = 0; i < keys; i++) {
    const hash = createHash("sha256").update(`${treeId}\ncustomer-${i}`).digest("hex");
    const bucket = Number.parseInt(hash.slice(0, 13), 16) / 2 ** 52;
    const [inFew, inMore] = [bucket < few / 100, bucket < more / 100];
    counts.few += Number(inFew);
    counts.more += Number(inMore);
    counts.lost += Number(inFew && !inMore);
    letters[i] = 48 + Number(inFew) + 2 * Number(inMore);
  }
  return { ...counts, digest: createHash("sha256").update(letters).digest("hex") };
}

describe("the published vectors", () => {
  it("are what this package computes", () => {
    for (const { canary, values, key, bucket } of vectors.vectors) {
      expect(keyTextOf(values.map(String))).toBe(key);
      expect(canaryBucket(canary, key)).toBe(bucket);
      for (const percent of [0, 5, 50, 99]) {
        expect(isForCanary({ treeId: canary, percent }, key)).toBe(bucket < percent / 100);
      }
    }
    expect(vectors.vectors.length).toBeGreaterThan(20);
  });

  it("leave out keys that UTF-8 does not have: half of a surrogate pair counts as U+FFFD", () => {
    expect(canaryBucket(treeId, "\ud800x")).toBe(canaryBucket(treeId, "\ufffdx"));
  });

  it.skipIf(!hasPython)("are what refit_bucket.py computes", async () => {
    const file = path.resolve(examples, "../../docs/reference/bucket-vectors.json");

    expect(python(pythonVectors, [], await readFile(file, "utf8"))).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});

describe("a million keys", () => {
  const expected = splitHere();

  it("get their share, and a larger share keeps all of a smaller one", () => {
    expect(expected.lost).toBe(0);
    expect(expected.few / keys).toBeCloseTo(few / 100, 2);
    expect(expected.more / keys).toBeCloseTo(more / 100, 2);
  });

  it("are divided by this package as by node:crypto", async () => {
    const { arms } = (await import(`data:text/javascript,${encodeURIComponent(split)}`)) as {
      readonly arms: (...args: readonly unknown[]) => Promise<Split>;
    };

    expect(await arms(canaryBucket, keys, few, more, treeId)).toEqual(expected);
  });

  it.skipIf(!hasPython)("are divided by Python alike", () => {
    const { status, stdout, stderr } = python(pythonSplit, [keys, few, more, treeId].map(String));

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it.skipIf(chromium === null)("are divided by Chromium alike, and so are the vectors", async () => {
    const entry = path.resolve(import.meta.dirname, "../src/index.ts");
    const program = `
${split}
import { canaryBucket } from ${JSON.stringify(entry)};
export async function answer() {
  const { vectors } = await (await fetch("/vectors")).json();
  const buckets = vectors.map(({ canary, key }) => canaryBucket(canary, key));
  return { split: await arms(canaryBucket, ${keys}, ${few}, ${more}, ${JSON.stringify(treeId)}), buckets };
}
`;
    const { text } = await bundleFor("browser", program, "esm");
    let told: (answer: string) => void = () => {};
    const done = new Promise<string>((settle) => (told = settle));
    const pages: Readonly<Record<string, readonly [type: string, body: string]>> = {
      "/": [
        "text/html",
        '<script type="module">import { answer } from "/program.js"; const send = (body) => fetch("/told", { method: "POST", body: JSON.stringify(body) }); answer().then(send, (error) => send(String(error)));</script>',
      ],
      "/program.js": ["text/javascript", text],
      "/vectors": ["application/json", JSON.stringify(vectors)],
    };
    const address = await serve(async (request, response) => {
      if (request.url === "/told") {
        let body = "";
        for await (const part of request) body += String(part);
        response.writeHead(204).end();
        return told(body);
      }
      const [type, body] = pages[request.url!] ?? ["text/plain", ""];
      response.writeHead(200, { "content-type": type }).end(body);
    });

    expect(JSON.parse(await openInBrowser(address, done))).toEqual({
      split: expected,
      buckets: vectors.vectors.map(({ bucket }) => bucket),
    });
  });
});
