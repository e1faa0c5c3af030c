// What `refit demo` is played with: the data, the manifest and the spec of this repository's own model.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** @returns bytes by file name. */
export async function demoFiles(root) {
  const read = (file) => readFile(join(root, file), "utf8");
  const [csv, manifest, spec] = await Promise.all([
    read("node_modules/vega-datasets/data/birdstrikes.csv"),
    read("data-manifests/birdstrikes.yaml"),
    read("models/birdstrikes/model.yaml"),
  ]);
  return {
    "birdstrikes.csv.gz": gzipSync(csv.replaceAll("\r\n", "\n"), { level: 9 }),
    "data-manifest.yaml": aboutDemo(manifest)
      .replace(
        /^# Bird strike reports.*$/m,
        "# Bird strike reports of the US Federal Aviation Administration, as vega-datasets has them.",
      )
      .replace(/^ {2}- \{ path: .*$/m, '  - { path: "data/birdstrikes/*.csv" }'),
    "model.yaml": aboutDemo(spec),
  };
}

/** The schema lies elsewhere for whoever opens the file in the demo's folder. */
const aboutDemo = (yaml) => yaml.replace(/^# yaml-language-server: .*\n/, "");
