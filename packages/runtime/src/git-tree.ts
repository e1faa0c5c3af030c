/** SHA of bytes, by what every browser, Node and worker has. */
export async function digestOf(algorithm: "SHA-1" | "SHA-256", bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(algorithm, bytes));
}

/** The part of the interface that is used here; its types come with the DOM's, which are not loaded. */
declare const crypto: {
  readonly subtle: { digest(algorithm: string, bytes: Uint8Array): Promise<ArrayBuffer> };
};

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type TreeFiles = ReadonlyMap<string, Uint8Array>;

/** The id that git gives a folder of these regular files, by their path in it: a tree of SHA-1, as `git rev-parse HEAD:folder` says it. */
export async function gitTreeId(files: TreeFiles): Promise<string> {
  return hexOf(await treeDigest(files));
}

/** Git compares and writes bytes: names and ids are texts of one character a byte until all are known. */
async function treeDigest(files: TreeFiles): Promise<Uint8Array> {
  const entries: { readonly key: string; readonly text: string }[] = [];
  const folders = new Map<string, Map<string, Uint8Array>>();
  const enter = (mode: string, name: string, slash: string, id: Uint8Array) => {
    const bytes = textOf(encoder.encode(name));
    entries.push({ key: bytes + slash, text: `${mode} ${bytes}\0${textOf(id)}` });
  };
  for (const [path, bytes] of files) {
    const [name, ...inside] = path.split("/");
    if (inside.length === 0) enter("100644", name!, "", await objectDigest("blob", bytes));
    else folders.set(name!, (folders.get(name!) ?? new Map()).set(inside.join("/"), bytes));
  }
  for (const [name, inside] of folders) enter("40000", name, "/", await treeDigest(inside));
  entries.sort((a, b) => (a.key < b.key ? -1 : 1));
  const text = entries.map((entry) => entry.text).join("");
  return objectDigest(
    "tree",
    Uint8Array.from(text, (byte) => byte.charCodeAt(0)),
  );
}

function objectDigest(kind: string, bytes: Uint8Array): Promise<Uint8Array> {
  const header = encoder.encode(`${kind} ${bytes.length}\0`);
  const whole = new Uint8Array(header.length + bytes.length);
  whole.set(header);
  whole.set(bytes, header.length);
  return digestOf("SHA-1", whole);
}

const encoder = new TextEncoder();

const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes);
