import { bundleFor } from "../../../../runtime/test/support/bundle.ts";

export const models = { git: "of-git", folder: "of-folder", address: "of-address" } as const;

/**
 * A server of the package's three sources, as somebody would write it. It prints its address; `/looks` says how many looks have begun, by model: once
 * another one begins, the one before has ended.
 */
const source = `
import { createApp, follow, urlSource } from "@refit/serve";
import { closedBySignal, folderSource, gitSource, listen } from "@refit/serve/node";

const { repository, folder, address, pollMilliseconds } = JSON.parse(process.argv[2]);
const looks = {};
const counted = (name, find) => (...live) => {
  looks[name] = (looks[name] ?? 0) + 1;
  return find(...live);
};
const followed = (name, find) => follow(name, counted(name, find), { pollMilliseconds });
const served = await Promise.all([
  followed(${JSON.stringify(models.git)}, gitSource({ repository, revision: "main", folder: "models/of-git/champion", fetch: "origin" })),
  followed(${JSON.stringify(models.folder)}, folderSource(folder)),
  followed(${JSON.stringify(models.address)}, urlSource(address)),
]);
const app = createApp(served);
const json = { "content-type": "application/json" };
const tellLooks = () => ({ status: 200, headers: json, body: JSON.stringify(looks) });
const answer = async (request) => (request.path === "/looks" ? tellLooks() : app.answer(request));
const listening = await listen({ answer }, { port: 0 });
console.log(listening.address);
await closedBySignal(listening);
for (const model of served) model.close();
`;

export async function serverProgram(): Promise<string> {
  return (await bundleFor("node", source, "esm")).text;
}
