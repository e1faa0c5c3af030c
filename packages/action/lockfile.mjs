import { createHash } from "node:crypto";

/**
 * The part of the workspace's lockfile that a package needs: the same versions with the same integrity hashes.
 *
 * @param manifest its package.json, with exact versions.
 * @param workspace the workspace's package-lock.json.
 */
export function lockfileFor(manifest, workspace) {
  const all = workspace.packages;
  const taken = new Map();

  function take(name, from) {
    const key = placeOf(name, from);
    if (key === undefined) throw new Error(`${name}, which ${from || "refit"} needs, is not in package-lock.json`);
    if (taken.has(key)) return;
    const { dev: _dev, peer: _peer, resolved: _resolved, ...entry } = all[key];
    if (entry.integrity === undefined) throw new Error(`${key} has no integrity hash in package-lock.json`);
    // npm refuses a lockfile that names an optional package without its hash; a registry may not have all platforms.
    const known = Object.entries(entry.optionalDependencies ?? {}).filter(([child]) => placeOf(child, key));
    if (entry.optionalDependencies !== undefined) entry.optionalDependencies = Object.fromEntries(known);
    taken.set(key, entry);
    for (const child of Object.keys(entry.dependencies ?? {})) take(child, key);
    for (const [child] of known) take(child, key);
  }

  /** As Node looks: beside the package that asks, then one level up. */
  function placeOf(name, from) {
    for (let level = from; ; level = level.slice(0, Math.max(0, level.lastIndexOf("/node_modules/")))) {
      const key = level === "" ? `node_modules/${name}` : `${level}/node_modules/${name}`;
      if (all[key] !== undefined) return key;
      if (level === "") return undefined;
    }
  }

  for (const name of Object.keys(manifest.dependencies)) take(name, "");
  const { name, version, dependencies } = manifest;
  return {
    name,
    version,
    lockfileVersion: workspace.lockfileVersion,
    requires: true,
    packages: {
      "": { name, version, dependencies },
      ...Object.fromEntries([...taken].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

const native = "node_modules/@duckdb/node-bindings-";

/** Platforms for which a lockfile holds DuckDB's native part, such as `linux-x64` and `linux-x64-musl`. */
export function nativeParts({ packages }) {
  return Object.keys(packages)
    .filter((key) => key.startsWith(native))
    .map((key) => key.slice(native.length));
}

/** Of the packages of a lockfile, by their places and integrity hashes. */
export function packagesDigest({ packages }) {
  const lines = Object.entries(packages).map(([key, { integrity }]) => `${key} ${integrity}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}
