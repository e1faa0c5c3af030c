import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { NetworkInvalidError, quoted } from "@refit/core/errors";
import type { ArtifactFiles } from "@refit/core/runtime";

/** Files of the user's, while they lie in a folder. */
export interface OwnCode {
  /** What the first of them exports. @throws NetworkInvalidError */
  load(): Promise<Readonly<Record<string, unknown>>>;
  /** Waits for what it does. @param step a clause, such as ``failed in `build` ``. @throws NetworkInvalidError where it fails, or waits for ever. */
  run<T>(step: string, work: () => T | Promise<T>): Promise<T>;
}

/**
 * Copies of the files lie in a folder of their own for as long as they are used, so that they can import each other, and nothing else
 * but what comes with Node.
 *
 * @param main the file that is loaded, from the root of the repository.
 */
export async function withOwnCode<T>(main: string, code: ArtifactFiles, use: (own: OwnCode) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "refit-network-")));
  const own: OwnCode = {
    load: () => own.run("could not be read", () => import(pathToFileURL(path.join(folder, main)).href) as never),
    async run(step, work) {
      try {
        return await whileAlive(main, work);
      } catch (cause) {
        if (cause instanceof NetworkInvalidError) throw cause;
        throw new NetworkInvalidError(main, importProblem(cause, folder) ?? `${step}: ${words(cause, folder)}`, {
          cause,
        });
      }
    },
  };
  try {
    await writeFile(path.join(folder, "package.json"), '{"type":"module"}');
    for (const [name, bytes] of code) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    }
    return await use(own);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A process that waits for what cannot come any more would end without a word. */
async function whileAlive<T>(main: string, work: () => T | Promise<T>): Promise<T> {
  let onIdle = () => {};
  const idle = new Promise<never>((_, fail) => {
    onIdle = () => fail(new NetworkInvalidError(main, "waits for something that never happens"));
    process.once("beforeExit", onIdle);
  });
  try {
    return await Promise.race([(async () => work())(), idle]);
  } finally {
    process.off("beforeExit", onIdle);
  }
}

const onlyThese =
  "only files that `code` names, by a relative path with its ending, and modules of Node can be imported";

/** What Node says of an import, in words of the repository; `null`: it failed otherwise. */
function importProblem(cause: unknown, folder: string): string | null {
  const { code } = Object(cause) as { readonly code?: unknown };
  const said = words(cause, folder);
  switch (code) {
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return /\.[cm]?ts\b/.test(said)
        ? `is TypeScript, which Node ${process.versions.node} cannot run; use Node 22.18 or newer, or write JavaScript`
        : `imports a file that Node cannot run: ${said}`;
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return `has TypeScript with more than type annotations, such as \`enum\`, which Node does not run: ${said}`;
    case "ERR_MODULE_NOT_FOUND": {
      const [, kind, name] = /^Cannot find (package|module) '([^']*)'/.exec(said) ?? [];
      const what = kind === "package" ? `the package ${quoted(name!)}` : quoted(name ?? said);
      return `imports ${what}, which is not there: ${onlyThese}`;
    }
    case "ERR_UNSUPPORTED_ESM_URL_SCHEME":
      return `imports from another place (${/'(\w+:)'/.exec(said)?.[1] ?? said}): ${onlyThese}`;
    default:
      return null;
  }
}

/** The first line of what was thrown, without the folder, which nobody knows. */
function words(cause: unknown, folder: string): string {
  const text = cause instanceof Error ? cause.message || cause.name : String(cause);
  return text
    .replaceAll(pathToFileURL(folder + path.sep).href, "")
    .replaceAll(folder + path.sep, "")
    .split("\n")[0]!;
}
