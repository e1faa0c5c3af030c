import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readDataManifest } from "../../src/specs/documents.ts";
import { openSources } from "./world.ts";

const page = readFileSync(path.join(import.meta.dirname, "../../../../docs/sources.md"), "utf8");
const examples = [...page.matchAll(/```yaml\n([^`]*?)```/g)].map(([, text]) => text!);
const manifests = examples.filter((text) => /^sources:/m.test(text));

describe("docs/sources.md", () => {
  it("has an example of each kind of place", () => {
    expect(manifests.length).toBeGreaterThanOrEqual(4);
  });

  it.each(manifests)("has examples that pass the check of a manifest: %#", (text) => {
    const { sources } = readDataManifest("data-manifests/churn.yaml", text, openSources().schemes);

    expect(sources.length).toBeGreaterThan(0);
  });
});
