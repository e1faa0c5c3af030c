import { RefitError } from "@refit/core/errors";
import { rolloutPath } from "@refit/core/history";
import type { RolloutFile } from "@refit/core/judge";
import { modelFolder, type Rollout } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { parsedText, type LazyParser } from "../specs/parse-cache.ts";
import { decodeText } from "../text.ts";

/** The `rollout.yaml` of a model at a commit; `null`: there is none. What cannot be read is told, and is no error. */
export async function readRolloutFile(
  ports: Pick<Ports, "files" | "git">,
  repository: Repository,
  model: string,
  commit: string,
): Promise<RolloutFile | null> {
  const file = rolloutPath(model, repository);
  const [bytes] = await ports.git.read([`${commit}:${file}`]);
  if (!bytes) return null;
  const text = decodeText(bytes);
  const entries = await ports.git.list(commit, modelFolder(model, repository));
  const mode = entries.find(({ path }) => path === "rollout.yaml")?.mode;
  if (mode !== "100644") return { text, rollout: null, problem: `${file} must be a regular file (mode 100644).` };
  try {
    return { text, rollout: await parsedText(ports, repository, text, rolloutParser(file)), problem: null };
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    return { text, rollout: null, problem: error.message };
  }
}

const rolloutParser = (file: string): LazyParser<Rollout> => ({
  kind: `rollout ${file}`,
  placeOf: () => file,
  async parse(text) {
    const { readRolloutSpec } = await import("../specs/documents.ts");
    return readRolloutSpec(file, text);
  },
});
