import * as z from "zod";
import { fileRoles } from "./model-files.ts";
import { outdatedParts } from "./outdated.ts";

const model = z.string().describe("Name of the model.");
const commitId = z.string().describe("Git commit id.");
const path = z.string().describe("From the root of the repository, with `/`.");

const reason = z.object({
  kind: z
    .enum([...fileRoles, "new", "removed", "import"])
    .describe(
      "What the file is to the model: its `spec`, its `manifest`, a feature `view`, `data`, a file of a further `table`, `code` of a candidate, " +
        "`rowFile`, which rows may name, `import`, which its code imports; `new` and `removed` are about the model itself.",
    ),
  path,
});

/** What `refit affected --json` prints. */
export const affectedAnswer = z.object({
  format: z.literal(1).describe("Of this value."),
  base: commitId.describe("What the head is compared with: the newest commit that both sides contain."),
  head: commitId.describe("What was looked at."),
  files: z.int().describe("Files whose content the change adds, replaces or removes."),
  libraries: z
    .enum(["walk", "nx"])
    .describe("Who says what training code uses: refit's own walk over imports, or that and the project graph of Nx."),
  models: z
    .array(
      z.object({
        model,
        effect: z
          .enum(["retrain", "touch", "removed"])
          .describe(
            "`retrain`: its inputs differ, so training makes another version. `touch`: something else of it changed, such as a gate or a library " +
              "that its code imports; by itself that starts no retrain. `removed`: it has no `model.yaml` any more.",
          ),
        reasons: z.array(reason).describe("The files that it is affected by."),
      }),
    )
    .describe("Models that the change affects, sorted by name."),
  outdated: z
    .array(
      z.object({
        model,
        because: z.array(z.enum(outdatedParts)).describe("What differs from what the live version was trained on."),
      }),
    )
    .describe(
      "Models that the change does not retrain, and whose live version was trained on other inputs than the head has.",
    ),
  unseen: z
    .array(
      z.object({ model, sources: z.array(z.string()).describe("Sources, as they are written, or paths of files.") }),
    )
    .describe("Models with data outside of git: whether those changed is not known here."),
  unresolved: z
    .array(
      z.object({
        path,
        line: z.int().describe("From 1."),
        text: z.string().describe("The line as it is written."),
        models: z.array(z.string()).describe("Models whose code it is part of."),
      }),
    )
    .describe("Imports of training code that were not followed, since only the running program knows what they load."),
  failed: z
    .array(
      z.object({
        model,
        error: z
          .object({
            code: z.string().describe("Stable; `docs/errors/<code>.md` is about it."),
            message: z.string().describe("What is wrong."),
            hint: z.string().describe("What to do."),
          })
          .describe("Why."),
      }),
    )
    .describe("Models that could not be read; whether the change affects them is not known."),
});
export type AffectedAnswer = z.infer<typeof affectedAnswer>;
