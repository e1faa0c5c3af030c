import { UsageError } from "@refit/core/errors";
import { checkModelName } from "@refit/core/history";
import { quoteForTerminal } from "@refit/core/report";
import type { AnsweringModel } from "../ports/http-server.ts";
import type { Ports } from "../ports/index.ts";
import { liveSources } from "../runs/serve/live-sources.ts";
import type { Flags } from "./command.ts";

export const usage = "refit serve <model>… [--port NUMBER] [--host NAME] [--poll SECONDS] [--offline] [--json]";
export const summary =
  "Answer over HTTP with the live versions, and follow the base branch; needs the package @refit/serve.";
export const options = {
  port: { type: "string" },
  host: { type: "string" },
  poll: { type: "string" },
  offline: { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  port: "default: 8080; 0: any that is free",
  host: "the address to listen at, such as 0.0.0.0; default: 127.0.0.1, which only this machine reaches",
  poll: "seconds between two looks at the base branch; default: 10",
  offline:
    "look at this clone only; default: the base branch is fetched from the remote where another commit is there, and nothing else",
  json: "print the address and the versions that answer as JSON, once requests are answered",
};

export async function run(ports: Ports, models: readonly string[], flags: Flags): Promise<number> {
  if (models.length === 0) throw new UsageError("serve needs a model.", usage);
  const twice = models.find((model, i) => models.indexOf(model) !== i);
  if (twice !== undefined) throw new UsageError(`${quoteForTerminal(twice)} is named twice.`, usage);
  for (const model of models) checkModelName(model);
  const port = numberOf("port", flags.port ?? "8080", 65_535);
  const poll = numberOf("poll", flags.poll ?? "10", 86_400);
  if (poll === 0) throw new UsageError("--poll is at least 1 second.", usage);
  const sources = liveSources(ports, models);
  const bring = async () => ports.remoteRefs.bringBase(await ports.git.locate());
  const isOffline = flags.offline === true;
  // Where the remote does not answer, the server says so at its first look.
  if (!isOffline) await bring().catch(() => {});
  // What is misspelt or was never promoted ends the command; what goes wrong later does not.
  const live = await Promise.all(sources.map(async ({ name, find }) => ({ model: name, ...(await find()) })));
  const { out } = ports;
  await listening(
    ports.httpServer.serve({
      models: sources,
      port,
      ...(!isOffline && { bring }),
      ...(flags.host !== undefined && { host: flags.host }),
      pollMilliseconds: poll * 1000,
      onListening(address) {
        const versions = live.map(({ model, version, treeId }) => ({ model, version, treeId }));
        if (flags.json === true) return out.print(JSON.stringify({ address, models: versions }));
        out.print(`Answering at ${address}`);
      },
      onChange: (model) => out.notice(saidOf(model)),
      onError: (error, requestId) => out.notice(`Request ${requestId} failed: ${String(error)}`),
    }),
    `${flags.host ?? "127.0.0.1"}:${port}`,
  );
  return 0;
}

function saidOf({ name, version, stale }: AnsweringModel): string {
  const answers =
    version === null ? "no version answers" : `${version.version ?? "a version"} (tree ${version.treeId}) answers`;
  return `${name}: ${answers}${stale === null ? "" : `, which may not be what is live. ${stale}`}`;
}

function numberOf(option: "port" | "poll", word: string, most: number): number {
  const number = Number(word);
  if (/^\d+$/.test(word) && number <= most) return number;
  throw new UsageError(`--${option} ${quoteForTerminal(word)} is not a whole number up to ${most}.`, usage);
}

const refused: Readonly<Record<string, string>> = {
  EADDRINUSE: "something else listens there",
  EADDRNOTAVAIL: "this machine has no such address",
  EACCES: "this user may not listen there",
  ENOTFOUND: "no machine has that name",
};

/** @throws UsageError where the address cannot be had */
async function listening(server: Promise<void>, place: string): Promise<void> {
  try {
    await server;
  } catch (error) {
    const why = refused[(error as NodeJS.ErrnoException).code ?? ""];
    if (why === undefined) throw error;
    throw new UsageError(`${quoteForTerminal(place)} cannot be used: ${why}. Choose another --port or --host.`, usage);
  }
}
