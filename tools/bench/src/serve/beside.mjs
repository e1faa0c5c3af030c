// node tools/bench/src/serve/beside.mjs JSON
//
// Answers for the version in a folder, with the packages as they are built; with a log, and with a canary beside it, as the words say.
import { canaryGuard, createApp, logEvents, predictionLog } from "@refit/serve";
import { closedBySignal, listen, logFolder } from "@refit/serve/node";
import { loadVersion } from "@refit/runtime";
import { fromFolder } from "@refit/runtime/node";

const { port, champion, canary, percent, folder, address } = JSON.parse(process.argv[2]);
const version = await loadVersion(fromFolder(champion));
const other = canary === undefined ? null : await loadVersion(fromFolder(canary));
const beside =
  other === null ? null : { percent, problem: null, loaded: { version: other, raw: null, guard: canaryGuard() } };
const sink = folder === undefined ? address && logEvents(address, { source: "urn:bench" }) : logFolder(folder);
const log = sink && predictionLog(sink);
const key = () => [["customer"]];
const app = createApp([{ name: version.model, version, stale: null, canary: beside }], { key, ...(log && { log }) });
const listening = await listen(app, { port });
await closedBySignal(listening);
process.exit(0);
