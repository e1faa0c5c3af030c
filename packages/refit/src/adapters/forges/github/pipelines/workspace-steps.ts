import type { PackageManager } from "../../../../ports/pipelines.ts";

interface PackageCommands {
  /** What GitHub's action for Node calls the cache. */
  readonly cache: "npm" | "pnpm" | "yarn";
  /** Fails where lockfile and manifests differ. */
  readonly install: string;
  /** Runs a program of an installed package, and fetches none. */
  readonly run: string;
  /** Whether it comes with corepack, in the version that package.json names. */
  readonly byCorepack: boolean;
}

const commands: Readonly<Record<PackageManager, PackageCommands>> = {
  npm: { cache: "npm", install: "npm ci", run: "npx --no --", byCorepack: false },
  pnpm: { cache: "pnpm", install: "pnpm install --frozen-lockfile", run: "pnpm exec", byCorepack: true },
  yarn: { cache: "yarn", install: "yarn install --immutable", run: "yarn run", byCorepack: true },
  yarn1: { cache: "yarn", install: "yarn install --frozen-lockfile", run: "yarn run", byCorepack: true },
};

/** Begins a step that runs a program of the workspace's packages. */
export const runWord = (manager: PackageManager): string => commands[manager].run;

/**
 * Steps that install the packages of a workspace, with the indentation of a job's steps.
 *
 * @param setupNode the action, by commit. @param why a comment behind the installation; empty: none.
 */
export function installSteps(manager: PackageManager, setupNode: string, why = ""): string {
  const { cache, install, byCorepack } = commands[manager];
  const enable = byCorepack ? "- run: corepack enable # packageManager in package.json says which version\n      " : "";
  return `${enable}- uses: ${setupNode}
        with: { node-version: 24, cache: ${cache} }
      - run: ${install}${why === "" ? "" : ` # ${why}`}`;
}
