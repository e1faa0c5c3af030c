import { resolveCommit } from "./history.ts";
import { issueOf } from "./issues.ts";
import { notFound, type Reply } from "./reply.ts";
import { route, type Call, type Route } from "./router.ts";

const metadata = [["metadata", "read"]] as const;

/** Pages of the web site, so that a test can follow the links of a report: there or not, and files with their bytes. */
export const pageRoutes: readonly Route[] = [
  ...["blob", "raw"].map((kind) => route("GET", `/:owner/:repo/${kind}/:commit/*path`, metadata, filePage)),
  ...["commit", "tree"].map((kind) => route("GET", `/:owner/:repo/${kind}/:commit`, metadata, commitPage)),
  ...["pull", "issues"].map((kind) => route("GET", `/:owner/:repo/${kind}/:number`, metadata, issuePage)),
  route("GET", "/:owner/:repo/compare/:range", metadata, async ({ world, params }) => {
    const ends = params["range"]!.split("...").map((end) => resolveCommit(world.git, end));
    if ((await Promise.all(ends)).includes(null)) throw notFound();
    return found;
  }),
];

const found: Reply = { status: 200, body: Buffer.from("<!doctype html>"), headers: { "content-type": "text/html" } };

async function filePage({ world, params }: Call): Promise<Reply> {
  const commit = await resolveCommit(world.git, params["commit"]!);
  const { code, stdout } = await world.git.run(["cat-file", "blob", `${commit}:${params["path"]}`]);
  if (commit === null || code !== 0) throw notFound();
  return { status: 200, body: stdout, headers: { "content-type": "application/octet-stream" } };
}

async function commitPage({ world, params }: Call): Promise<Reply> {
  if ((await resolveCommit(world.git, params["commit"]!)) === null) throw notFound();
  return found;
}

function issuePage({ world, params }: Call): Reply {
  issueOf(world, params["number"]!);
  return found;
}
