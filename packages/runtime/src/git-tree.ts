/** SHA of bytes as lowercase hexadecimal digits, by what every browser, Node and worker has. */
export async function hexDigest(algorithm: "SHA-1" | "SHA-256", bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The part of the interface that is used here; its types come with the DOM's, which are not loaded. */
declare const crypto: {
  readonly subtle: { digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> };
};

interface TreeLeaf {
  /** `<mode> <name>\0`, then the 20 bytes of its id. */
  readonly bytes: Uint8Array;
  /** Its name as git sorts it: a folder's with a slash. */
  readonly key: string;
}

/** The id that git gives a folder of these regular files, by their path in it: a tree of SHA-1, as `git rev-parse HEAD:folder` says it. */
export async function gitTreeId(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const entries: TreeLeaf[] = [];
  const folders = new Map<string, Map<string, Uint8Array>>();
  for (const [path, bytes] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) entries.push(entryOf("100644", path, await objectId("blob", bytes)));
    else {
      const name = path.slice(0, slash);
      folders.set(name, (folders.get(name) ?? new Map()).set(path.slice(slash + 1), bytes));
    }
  }
  for (const [name, inside] of folders) entries.push(entryOf("40000", name, await gitTreeId(inside)));
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  return objectId("tree", joined(entries.map(({ bytes }) => bytes)));
}

function entryOf(mode: string, name: string, id: string): TreeLeaf {
  const idBytes = Uint8Array.from(id.match(/../g)!, (pair) => parseInt(pair, 16));
  const nameBytes = encoder.encode(name);
  // One character a byte, since git compares bytes.
  const key = String.fromCharCode(...nameBytes) + (mode === "40000" ? "/" : "");
  return { key, bytes: joined([encoder.encode(`${mode} `), nameBytes, new Uint8Array(1), idBytes]) };
}

function objectId(kind: string, bytes: Uint8Array): Promise<string> {
  return hexDigest("SHA-1", joined([encoder.encode(`${kind} ${bytes.length}\0`), bytes]));
}

const encoder = new TextEncoder();

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
