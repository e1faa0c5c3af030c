import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createRepository, type TemporaryRepository } from "@refit/testkit";
import { yamlEditor } from "@refit/testkit/yaml-editor";
import { describe, expect, it, onTestFinished } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { churnCsv } from "./support/churn.ts";
import { refitProcess } from "./support/cli.ts";

const home = fileURLToPath(new URL("../../../..", import.meta.url));
const files = {
  "apps/shop/churn/model.yaml": "model",
  "data-manifests/apps-shop-churn.yaml": "data-manifest",
  "refit.yaml": "refit",
} as const;

/** A model beside its code, which needs all three files. */
async function written({ isInstalled }: { readonly isInstalled: boolean }): Promise<TemporaryRepository> {
  const repository = await createRepository({});
  onTestFinished(() => repository.dispose());
  const folder = path.join(repository.root, "node_modules/refit");
  if (isInstalled)
    await cp(path.join(home, "packages/refit/dist/schemas"), path.join(folder, "dist/schemas"), { recursive: true });
  await repository.write("apps/shop/package.json", "{}\n");
  await repository.write("churn.csv", churnCsv({ rows: 300, from: "2026-01-01", seed: 1 }));
  await repository.commit("Data", { at: Date.parse("2026-06-01T00:00:00Z") });
  const words = ["init", "--data", "churn.csv", "--target", "left", "--model", "apps/shop/churn"];
  const { exitCode, stderr } = await refitProcess(repository, words);
  expect(exitCode === 0 ? "" : stderr).toBe("");
  return repository;
}

describe("what `refit init` writes, in an editor", () => {
  it("is checked and completed by the schema of the refit that is installed", async ({ skip }) => {
    expect(manifest.files).toContain("dist/schemas");
    const { root } = await written({ isInstalled: true });
    const editor = await yamlEditor(root);
    if (editor === null) return skip();
    onTestFinished(() => editor.close());

    for (const [file, schema] of Object.entries(files)) {
      const text = await readFile(path.join(root, file), "utf8");
      const asWritten = await editor.open(file);
      const mistaken = await editor.open(file, `${text}modle: x\n`);

      expect(text.split("\n")[0]).toContain(`node_modules/refit/dist/schemas/${schema}.schema.json`);
      expect({ file, diagnostics: asWritten.diagnostics }).toEqual({ file, diagnostics: [] });
      expect({ file, diagnostics: mistaken.diagnostics }).toEqual({
        file,
        diagnostics: ["Property modle is not allowed."],
      });
    }
    const offered = async (file: string, rest: string) =>
      (await editor.open(file, (await readFile(path.join(root, file), "utf8")).split("\n")[0] + rest)).offered;
    expect(await offered("apps/shop/churn/model.yaml", "\ntask: binary\n")).toEqual(
      expect.arrayContaining(["target", "holdout", "gates", "retrain"]),
    );
    expect(await offered("data-manifests/apps-shop-churn.yaml", "\nschema: {}\n")).toContain("sources");
    expect(await offered("refit.yaml", "\nparallel: 2\n")).toContain("models");
  });

  it("names the schema of this version where refit is not installed, at the address that the schema has", async () => {
    const { root } = await written({ isInstalled: false });

    for (const [file, schema] of Object.entries(files)) {
      const [line] = (await readFile(path.join(root, file), "utf8")).split("\n");
      const [, address] = /^# yaml-language-server: \$schema=(\S+)$/.exec(line!)!;
      const [, repository, ref, place] = /^(https:\/\/github\.com\/[^/]+\/refit)\/raw\/([^/]+)\/(.+)$/.exec(address!)!;
      const { $id } = JSON.parse(await readFile(path.join(home, place!), "utf8")) as { readonly $id: string };

      expect(manifest.repository.url).toBe(`git+${repository}.git`);
      expect(ref).toBe(`v${manifest.version}`);
      expect(place).toBe(`packages/core/schemas/${schema}.schema.json`);
      expect($id).toBe(address!.replace(`/${ref}/`, "/main/"));
    }
  });
});
