import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { bundleFor } from "../../../../runtime/test/support/bundle.ts";
import { openInBrowser } from "../../../../runtime/test/support/chromium.ts";
import { serve } from "../../../../runtime/test/support/serve.ts";
import type { MadeModel } from "./made-models.ts";

/** Rows that are made where they are answered. */
export interface AskedRows {
  readonly rows: number;
  readonly seed: number;
  /** Of the first rows, once more and each by itself. */
  readonly alone: number;
}

/** Bits of the answers, by the name of the model: those of all rows, then those of the first ones by themselves. */
export type FoundAnswers = ReadonlyMap<string, Float64Array>;

const program = ({ rows, seed, alone }: AskedRows, others: string) => `
import { loadVersion, fromUrl } from "./index.ts";
import { madeRecords } from "./made-records.fixture.ts";
${others}
const records = madeRecords(${rows}, ${seed});
async function answer(read) {
  const version = await loadVersion(read);
  const found = [(await version.predictMany(records)).values];
  for (const record of records.slice(0, ${alone})) found.push((await version.predictMany([record])).values);
  const all = new Float64Array(found.reduce((sum, values) => sum + values.length, 0));
  let at = 0;
  for (const values of found) { all.set(values, at); at += values.length; }
  return new Uint8Array(all.buffer);
}
`;

const numbersOf = (bytes: Uint8Array) => new Float64Array(Uint8Array.from(bytes).buffer);

/** In a process of this Node, which reads the versions of a checkout. */
export async function answersOfNode(
  node: string,
  { root, models, ...asked }: AskedRows & { readonly root: string; readonly models: readonly MadeModel[] },
): Promise<FoundAnswers> {
  const folder = await temporaryFolder();
  const code = `${program(asked, 'import { fromFolder } from "./node.ts"; import { writeFile } from "node:fs/promises";')}
const [root, folder, ...names] = process.argv.slice(2);
for (const name of names) await writeFile(folder + "/" + name, await answer(fromFolder(root + "/models/" + name + "/champion")));`;
  const script = path.join(folder, "answer.mjs");
  await writeFile(script, (await bundleFor("node", code, "esm")).text);
  const names = models.map(({ name }) => name);
  await promisify(execFile)(node, [script, root, folder, ...names]);
  const found = names.map(async (name) => [name, numbersOf(await readFile(path.join(folder, name)))] as const);
  return new Map(await Promise.all(found));
}

/** In the browser of this machine, which reads the versions as static files, under a strict content policy. */
export async function answersOfBrowser(models: readonly MadeModel[], asked: AskedRows): Promise<FoundAnswers> {
  const names = JSON.stringify(models.map(({ name }) => name));
  const code = `${program(asked, "")}
const post = (path, body) => fetch(path, { method: "POST", body });
async function all() { for (const name of ${names}) await post("/" + name, await answer(fromUrl("/" + name))); }
all().catch((error) => String(error && error.stack)).then((said) => post("/", said ?? ""));`;
  const { text } = await bundleFor("browser", code, "iife");
  // Without 'wasm-unsafe-eval', as a strict site has it.
  const policy = "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'";
  const found = new Map<string, Float64Array>();
  let settle: (said: string) => void;
  const said = new Promise<string>((resolve) => (settle = resolve));
  const address = await serve(async (request, response) => {
    const [, name = "", ...file] = request.url!.split("/").map(decodeURIComponent);
    if (request.method === "POST") {
      const body = await buffer(request);
      if (name === "") settle(body.toString());
      else found.set(name, numbersOf(body));
      response.end();
    } else if (name === "") {
      response.setHeader("content-security-policy", policy).end(`<!doctype html><script>${text}</script>`);
    } else {
      const content = models.find((model) => model.name === name)?.files.get(file.join("/"));
      response.writeHead(content === undefined ? 404 : 200).end(content);
    }
  });
  const error = await openInBrowser(`${address}/`, said);
  if (error !== "") throw new Error(error);
  return found;
}
