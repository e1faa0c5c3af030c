import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { parse } from "yaml";
import { root, type TextFile } from "./repository.ts";

interface Service {
  validate(document: unknown, config: object): Promise<readonly { readonly message: string }[]>;
  TextDocument: { create(uri: string, language: string, version: number, text: string): unknown };
}

/**
 * GitHub's own language service, as editors use it.
 *
 * @returns what it has against an action.yml, or against a workflow, in which `OWNER/refit` and `./` are this repository's action.
 */
export async function languageService(): Promise<(file: TextFile) => Promise<string[]>> {
  const { validate, TextDocument } = await bundled();
  const ours = parse(readFileSync(join(root, "action.yml"), "utf8")) as object;
  const actionsMetadataProvider = {
    // Without inputs: nothing is known of them, so nothing is said.
    fetchActionMetadata: async ({ name }: { name: string }) => (name === "refit" ? ours : { name, description: "" }),
  };
  let documents = 0; // it remembers them by address
  return async ({ path, text }) => {
    documents += 1;
    const document = TextDocument.create(`file:///${documents}/${path}`, "yaml", 1, text);
    return (await validate(document, { actionsMetadataProvider })).map(({ message }) => message);
  };
}

/** It imports JSON as Node refuses to, so it is bundled first. */
async function bundled(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), "refit-service-"));
  try {
    const outfile = join(folder, "service.mjs");
    await build({
      stdin: {
        contents: `export { validate } from "@actions/languageservice"; export { TextDocument } from "vscode-languageserver-textdocument";`,
        resolveDir: root,
      },
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "error",
      banner: { js: "import { createRequire as c } from 'node:module'; const require = c(import.meta.url);" },
    });
    return (await import(pathToFileURL(outfile).href)) as Service;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
