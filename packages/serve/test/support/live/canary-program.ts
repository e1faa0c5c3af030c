import { bundleFor } from "../../../../runtime/test/support/bundle.ts";

/** A server of one model of a branch, as somebody would write it. It prints its address; `/looks` says how many looks have begun. */
const source = `
import { createApp, follow } from "@refit/serve";
import { closedBySignal, gitSource, listen } from "@refit/serve/node";

const { repository, pollMilliseconds } = JSON.parse(process.argv[2]);
const find = gitSource({ repository, revision: "main", folder: "models/birdstrikes/champion", fetch: "origin" });
let looks = 0;
const counted = (answering) => {
  looks += 1;
  return find(answering);
};
const model = await follow("birdstrikes", counted, { pollMilliseconds });
// The machine of a test is busy: that a canary is slow is another test's matter.
const app = createApp([model], { key: () => [["customer"]], limits: { canaryMilliseconds: 10_000 } });
const json = { "content-type": "application/json" };
const tellLooks = () => ({ status: 200, headers: json, body: JSON.stringify({ birdstrikes: looks }) });
const answer = async (request) => (request.path === "/looks" ? tellLooks() : app.answer(request));
const listening = await listen({ answer }, { port: 0 });
console.log(listening.address);
await closedBySignal(listening);
model.close();
`;

export async function canaryProgram(): Promise<string> {
  return (await bundleFor("node", source, "esm")).text;
}
