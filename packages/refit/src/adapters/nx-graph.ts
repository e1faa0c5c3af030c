import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "@refit/core/errors";
import type { ProjectGraph, ProjectGraphs } from "../ports/project-graph.ts";

/** The graph of Nx, where the workspace has refit's plugin. Nx runs the plugins of the workspace for it, without our tokens. */
export function nxGraphs(env: Readonly<Record<string, string | undefined>>): ProjectGraphs {
  return {
    async read(root) {
      const settings = await readFile(path.join(root, "nx.json"), "utf8").catch(() => "");
      if (!settings.includes('"@refit/nx"')) return null;
      const nx = await installedNx(root);
      if (nx === null) return { problem: "Nx is not installed here" };
      const folder = await mkdtemp(path.join(tmpdir(), "refit-nx-"));
      try {
        const file = path.join(folder, "graph.json");
        // Its daemon would outlive this command.
        const surroundings = { ...childEnvironment(env, [/^NX_/, /^CI$/]), NX_DAEMON: "false" };
        await promisify(execFile)(process.execPath, [nx, "graph", `--file=${file}`], {
          cwd: root,
          env: surroundings,
          timeout: 120_000,
          maxBuffer: 16_777_216,
        });
        return graphOf(JSON.parse(await readFile(file, "utf8")) as NxGraphFile);
      } catch (error) {
        const { stderr = "", message } = error as Error & { stderr?: string };
        const [said = message] = stderr.split("\n").filter((line) => line.trim() !== "");
        return { problem: `\`nx graph\` ended with an error (${said.trim().slice(0, 200)})` };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

interface NxGraphFile {
  readonly graph: {
    readonly nodes: Readonly<Record<string, { readonly data: { readonly root: string } }>>;
    readonly dependencies: Readonly<Record<string, readonly { readonly target: string }[]>>;
  };
}

function graphOf({ graph }: NxGraphFile): ProjectGraph {
  const roots = new Map(Object.entries(graph.nodes).map(([name, { data }]) => [name, data.root]));
  const needs = Object.entries(graph.dependencies).map(
    // What comes from npm is in no folder of the repository.
    ([name, all]) => [name, all.map(({ target }) => target).filter((target) => roots.has(target))] as const,
  );
  return { roots, needs: new Map(needs) };
}

/** The script of the workspace's own Nx; `null`: it is not installed. */
async function installedNx(root: string): Promise<string | null> {
  const folder = path.join(root, "node_modules/nx");
  const text = await readFile(path.join(folder, "package.json"), "utf8").catch(() => null);
  if (text === null) return null;
  const { bin } = JSON.parse(text) as { readonly bin: Readonly<Record<string, string>> };
  return path.join(folder, bin["nx"]!);
}
