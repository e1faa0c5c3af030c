import * as z from "zod";

const page = z.string().nullable().describe("Address of its page; `null`: the remote is not on GitHub.");
const commitId = z.string().describe("Git commit id.");

const file = z.object({
  path: z.string().describe("In the folder of the version, with `/`."),
  sha256: z
    .string()
    .nullable()
    .describe("Of its content, as `lineage.json` says; `null`: it says nothing of this file."),
  bytes: z.int().nullable().describe("Of its content; `null`: not known without reading it."),
  blob: z.string().describe("Id of the git object that holds it, or the pointer of Git LFS to it."),
  lfs: z.boolean().describe("Whether the content is in Git LFS."),
  object: z.string().describe("The same object as `<commit>:<path>`, for `git show`."),
  read: z.string().describe("A command that prints the content, in a clone."),
  url: page.describe("Where the content can be downloaded; `null`: the remote is not on GitHub."),
});

const way = z.object({
  from: z
    .enum(["files", "node", "python", "http"])
    .describe("Who asks: rows of files, a program in Node or Python, HTTP."),
  how: z.string().describe("The command to run, or the call."),
  page: z.string().describe("Address of the page about it."),
});

/** What `refit show --json` prints: a version, and where everything of it is. */
export const shownVersion = z.object({
  format: z.literal(1).describe("Of this value."),
  schema: z.string().describe("Name of this schema, for `refit schema`."),
  model: z.string().describe("Name of the model."),
  live: z.boolean().describe("Whether it is live on the base branch."),
  version: z
    .object({
      number: z.int().describe("Counts first appearances on the base branch, from 1. For display."),
      treeId: z.string().describe("Git tree id of the folder, which names the content for ever."),
      sha: commitId.describe("The commit that brought it to the base branch."),
      committedAt: z.string().meta({ format: "date-time" }).describe("When, ISO 8601, UTC."),
      author: z.string().describe("Of that commit."),
      subject: z.string().describe("First line of that commit's message."),
      broken: z.string().nullable().describe("What is wrong with the folder, as a sentence; `null`: nothing."),
      parent: z.string().nullable().describe("Tree id of the version that it was compared with; `null`: none."),
      inputDigest: z.string().nullable().describe("sha256 of all that decided its training."),
      newerFormat: z.int().nullable().describe("The format, where only a newer refit reads the folder; else `null`."),
    })
    .describe("Its place in history."),
  places: z
    .object({
      repository: page.describe("Page of the repository; `null`: the remote is not on GitHub."),
      folder: z.string().describe("Path of the version in the repository."),
      commit: z.object({ id: commitId, url: page }).describe("The commit that brought it."),
      tree: z.object({ id: z.string().describe("Git tree id."), url: page }).describe("The folder as it was then."),
      tag: z
        .object({
          name: z.string().describe("Such as `churn@v1`."),
          exists: z.boolean().describe("Whether this clone has it."),
          url: page.describe(
            "Address of the folder at the tag; `null`: there is no tag, or the remote is not on GitHub.",
          ),
        })
        .describe("Its tag, which `refit promote` makes."),
      pullRequest: page.describe("The pull request that the commit's subject names; `null`: it names none."),
      release: page.describe("Its release; `null`: `publish` of model.yaml asks for none, or the tag is not made yet."),
      report: z
        .object({
          commit: commitId,
          path: z.string().describe("At that commit."),
          read: z.string().describe("A command that prints it, in a clone."),
          url: page,
        })
        .nullable()
        .describe("The report of its judgement on the branch `refit-ledger`; `null`: this clone has none."),
    })
    .describe("Where everything is. Addresses are made of names and ids; nothing is asked for them."),
  files: z.array(file).describe("Every file of the version."),
  use: z.array(way).describe("How to use it."),
  metrics: z.record(z.string(), z.number()).describe("On its holdout, by name."),
  lineage: z
    .record(z.string(), z.json())
    .nullable()
    .describe("`lineage.json` (`refit schema lineage`); `null`: it cannot be read."),
});
export type ShownVersion = z.infer<typeof shownVersion>;
