// Answers for models of a clone, and follows its remote. By environment: REPOSITORY is the clone, BRANCH what is live, MODELS their names
// with commas between, HOST and PORT where requests come in.
import { createApp, follow } from "@refit/serve";
import { closedBySignal, gitBranch, listen } from "@refit/serve/node";

const { REPOSITORY = "/repository", BRANCH = "main", MODELS = "", HOST = "127.0.0.1", PORT = "8080" } = process.env;
const names = MODELS.split(",").filter(Boolean);
if (names.length === 0) {
  console.error("MODELS is empty. Set it to the names of models, such as MODELS=birdstrikes,churn");
  process.exit(2);
}
const branch = gitBranch({ repository: REPOSITORY, revision: BRANCH, fetch: "origin" });
const onChange = ({ name, version, stale }) => console.log(JSON.stringify({ name, treeId: version?.treeId, stale }));
const models = await Promise.all(
  names.map((name) => follow(name, branch.source(`models/${name}/champion`), { onChange })),
);
const onError = (error, requestId) => console.error(`Request ${requestId} failed:`, error);
const listening = await listen(createApp(models, { onError }), { host: HOST, port: Number(PORT) });
console.log(listening.address);
await closedBySignal(listening);
// A fetch that is under way is not waited for.
process.exit(0);
