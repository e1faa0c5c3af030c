import { RefitError } from "@refit/core/errors";
import type { FollowedSource, FoundFiles, OpeningTools } from "../../ports/http-server.ts";

interface OpeningFailures {
  /** The given sources. */
  readonly sources: readonly FollowedSource[];
  /** Why the version of a model that was found last cannot answer on this machine, whatever it is asked; `null`: nothing says so. */
  readonly failureOf: (model: string) => RefitError | null;
}

/** What neither time nor another look mends: the kind of model, or a package that is not installed. */
const lasting: ReadonlySet<string> = new Set(["learner-missing", "not-served", "onnx-runtime-missing"]);

/** Remembers why versions could not be opened: the server tells of it in words alone. */
export function openingFailures(given: readonly FollowedSource[]): OpeningFailures {
  const failures = new Map<string, RefitError>();
  const sources = given.map((source) => {
    const { name } = source;
    async function remembering<T>(opening: () => Promise<T>): Promise<T> {
      try {
        return await opening();
      } catch (error) {
        if (error instanceof RefitError && lasting.has(error.code)) failures.set(name, error);
        throw error;
      }
    }
    const find = async () => {
      const found = await source.find();
      failures.delete(name);
      return withTools(found, () => remembering(async () => withLoading(await found.tools(), remembering)));
    };
    return { ...source, find };
  });
  return { sources, failureOf: (model) => failures.get(model) ?? null };
}

const withTools = (found: FoundFiles, tools: FoundFiles["tools"]): FoundFiles => ({ ...found, tools });

function withLoading(tools: OpeningTools, remembering: <T>(opening: () => Promise<T>) => Promise<T>): OpeningTools {
  const learners = Object.fromEntries(
    Object.entries(tools.learners).map(([name, learner]) => [
      name,
      { ...learner, load: (files: ReadonlyMap<string, Uint8Array>) => remembering(() => learner.load(files)) },
    ]),
  );
  return { ...tools, learners };
}
