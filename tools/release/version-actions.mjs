// What `nx release` does with a package.json. All packages have one version and name each other by exactly it, so the new version goes
// wherever one of ours is named. Nx's own would be in @nx/js, which brings compilers that nothing here uses.
import { join } from "node:path";

import { VersionActions } from "nx/release";

const collections = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

// oxlint-disable-next-line import/no-default-export -- Nx asks for it.
export default class PackageVersionActions extends VersionActions {
  validManifestFilenames = ["package.json"];

  async readCurrentVersionFromSourceManifest(tree) {
    const manifestPath = join(this.projectGraphNode.data.root, "package.json");
    return { manifestPath, currentVersion: JSON.parse(tree.read(manifestPath, "utf8")).version };
  }

  /** What is published is published from a tag of this repository, whose files say the same. */
  async readCurrentVersionFromRegistry() {
    return null;
  }

  async readCurrentVersionOfDependency(tree, graph, name) {
    const { manifestPath } = await this.readCurrentVersionFromSourceManifest(tree);
    const manifest = JSON.parse(tree.read(manifestPath, "utf8"));
    const packageName = packageNameOf(graph, name);
    const collection = collections.find((each) => manifest[each]?.[packageName] !== undefined) ?? null;
    return { currentVersion: collection && manifest[collection][packageName], dependencyCollection: collection };
  }

  async updateProjectVersion(tree, version) {
    return this.#change(tree, (manifest) => ({ ...manifest, version }), `version ${version}`);
  }

  async updateProjectDependencies(tree, graph, versions) {
    const named = new Map(Object.entries(versions).map(([name, version]) => [packageNameOf(graph, name), version]));
    if (named.size === 0) return [];
    const withVersions = (all) => Object.entries(all).map(([name, old]) => [name, named.get(name) ?? old]);
    const change = (manifest) => ({
      ...manifest,
      ...Object.fromEntries(
        collections
          .filter((each) => manifest[each] !== undefined)
          .map((each) => [each, Object.fromEntries(withVersions(manifest[each]))]),
      ),
    });
    return this.#change(tree, change, `the versions of ${[...named.keys()].join(", ")}`);
  }

  #change(tree, change, what) {
    return this.manifestsToUpdate.map(({ manifestPath }) => {
      tree.write(manifestPath, `${JSON.stringify(change(JSON.parse(tree.read(manifestPath, "utf8"))), null, 2)}\n`);
      return `${manifestPath}: ${what}`;
    });
  }
}

/** The lockfile names versions of the workspace, too. */
export const afterAllProjectsVersioned = async (_cwd, { dryRun }) => {
  if (!dryRun) {
    const { execFileSync } = await import("node:child_process");
    execFileSync("npm", ["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]);
  }
  return { changedFiles: dryRun ? [] : ["package-lock.json"], deletedFiles: [] };
};

const packageNameOf = (graph, name) => graph.nodes[name]?.data.metadata?.js?.packageName ?? name;
