import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { temporaryRepository } from "@refit/testkit";
import { beforeAll, describe, expect, it } from "vitest";
import { bundleFor } from "./support/bundle.ts";
import { documentedVersion } from "./support/documented-version.ts";
import { serve } from "./support/serve.ts";

const run = promisify(execFile);
const page = await readFile(new URL("../../../docs/use-a-model.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code!);
const folder = "models/birdstrikes/champion";

let files: ReadonlyMap<string, Uint8Array>;
beforeAll(async () => {
  files = await documentedVersion();
});

async function repositoryWithModel(): Promise<string> {
  const repository = await temporaryRepository();
  for (const [file, bytes] of files) {
    await mkdir(path.dirname(path.join(repository.root, folder, file)), { recursive: true });
    await writeFile(path.join(repository.root, folder, file), bytes);
  }
  await repository.commit("a model");
  return repository.root;
}

/** The packages as they lie here, in place of those that are installed. */
const local = (code: string) =>
  code.replaceAll("@refit/runtime/node", "./node.ts").replaceAll("@refit/runtime", "./index.ts");

describe("docs/use-a-model.md", () => {
  it.each([
    ["from a folder", 0, /^true 0\.\d+ [0-9a-f]{40}\n$/],
    ["from git", 1, /^true \[ 0\.\d+, 0\.\d+ \]\n(?:true|false) \[ 0\.\d+, 0\.\d+ \]\n$/],
  ])("has code for Node that runs, %s", async (_where, block, said) => {
    const root = await repositoryWithModel();
    const { text } = await bundleFor("node", local(blocks[block]!), "esm");
    await writeFile(path.join(root, "use.mjs"), text);

    expect((await run(process.execPath, ["use.mjs"], { cwd: root })).stdout).toMatch(said);
  });

  it("has code for a browser that runs", async () => {
    const origin = await serve(async (request, response) => {
      const content = files.get(request.url!.slice(folder.length + 2));
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    const body = { textContent: "" };
    const [imports, ...statements] = local(blocks[2]!).split("\n\n");
    const { text } = await bundleFor(
      "browser",
      `${imports}\nexport const shown = (async () => {${statements.join("\n")}})();`,
      "iife",
    );
    const globals = {
      crypto,
      TextDecoder,
      TextEncoder,
      Uint8Array,
      document: { body },
      fetch: (address: string) => fetch(new URL(address, origin)),
    };

    await (runInNewContext(`${text};bundled`, globals) as { shown: Promise<void> }).shown;

    expect(body.textContent).toMatch(/^true: 0\.\d+$/);
  });
});
