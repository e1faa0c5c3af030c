import { type WebFile, webFiles, startWebServer } from "@refit/testkit/web";
import { describe, expect, it, onTestFinished } from "vitest";
import { churnManifest } from "./support/churn.ts";
import { churnScene, month, type Scene } from "./support/scene.ts";

/** The files that a version is made of, by name. */
async function versionFiles(scene: Scene, ref: string): Promise<Map<string, string>> {
  const folder = "models/churn/champion";
  const names = (await scene.git("ls-tree", "-r", "--name-only", ref, "--", folder)).split("\n").filter(Boolean);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name.replace(`${folder}/`, ""), await scene.git("show", `${ref}:${name}`)] as const),
    ),
  );
}

interface StoredFile {
  readonly path: string;
  readonly sha256: string;
  readonly version?: object;
}

interface StoredLineage {
  readonly inputDigest: string;
  readonly data: { readonly files: readonly StoredFile[] };
}

/** Everything of a lineage but where its data files lie. */
function withoutPlaces(text: string): unknown {
  const { data, ...rest } = JSON.parse(text) as StoredLineage;
  const files = data.files.map(({ sha256 }) => sha256);
  return { ...rest, files: files.sort() };
}

const months = new Map(Object.entries({ ...month(1), ...month(2) }));

/** As the same files in git make it. */
async function committedVersion(): Promise<Map<string, string>> {
  const scene = await churnScene();
  expect(await scene.run()).toMatchObject({ decision: "proposed" });
  return versionFiles(scene, "refit--churn");
}

describe("a dataset of remote files", () => {
  it("makes the same version as the same files in git, and keeps what their places call them", async () => {
    const files = new Map<string, WebFile>();
    const server = await startWebServer(webFiles(files));
    onTestFinished(() => server.close());
    const sources = [...months].map(([name, content]) => {
      files.set(`/${name}`, { content });
      return { path: `${server.origin}/${name}`, allowPrivate: true };
    });
    const scene = await churnScene();
    await scene.git("rm", "-r", "--quiet", "data/churn");
    await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sources } });

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    const made = await versionFiles(scene, "refit--churn");
    const committed = await committedVersion();
    const [here, there] = [made, committed].map(
      (each) => new Map([...each].filter(([name]) => name !== "lineage.json")),
    );
    expect(here).toEqual(there);
    expect(withoutPlaces(made.get("lineage.json")!)).toEqual(withoutPlaces(committed.get("lineage.json")!));
    const stored = (JSON.parse(made.get("lineage.json")!) as StoredLineage).data.files;
    expect(stored.map(({ version }) => version)).toEqual([
      { etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) },
      { etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) },
    ]);
  });
});
