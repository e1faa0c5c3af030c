// node tools/bench/src/serve/server.mjs FOLDER PORT [js]
//
// Answers for the version in a folder as a program of somebody's own does, with the packages as they are built; `js`: without WebAssembly.
import { createApp, pinned } from "@refit/serve";
import { closedBySignal, listen } from "@refit/serve/node";
import { loadVersion } from "@refit/runtime";
import { fromFolder } from "@refit/runtime/node";
import { learners } from "@refit/tabular";

const [folder, port, js] = process.argv.slice(2);
const version = await loadVersion(fromFolder(folder), js === undefined ? { learners } : {});
const limits = { bodyBytes: 64 * 1024 * 1024 };
const listening = await listen(createApp([pinned(version)], { limits }), { port: Number(port) });
await closedBySignal(listening);
