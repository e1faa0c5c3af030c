import path from "node:path";
import type { ServeAnswer } from "@refit/core/answers";
import { type RefitError, UsageError } from "@refit/core/errors";
import { checkModelName } from "@refit/core/history";
import { quoteForTerminal } from "@refit/core/report";
import type { AnsweringFile, AnsweringModel, ServingRequest } from "../ports/http-server.ts";
import type { Ports } from "../ports/index.ts";
import type { Output } from "../ports/output.ts";
import { liveSources } from "../runs/serve/live-sources.ts";
import { openingFailures } from "../runs/serve/opening-failures.ts";
import { withLoggedColumns } from "../runs/serve/logged-columns.ts";
import { withViews } from "../runs/serve/model-views.ts";
import type { ViewPlace } from "../runs/serve/view-source.ts";
import type { Flags } from "./command.ts";
import { SALT, servingLog } from "./serving-log.ts";

export const usage =
  "refit serve <model>… [--view NAME=FILE]… [--port NUMBER] [--host NAME] [--poll SECONDS] [--offline] [--canary-limit MILLISECONDS] [--log FOLDER] [--log-sample SHARE] [--log-keys hashed|plain] [--json]";
export const summary =
  "Serve predictions of the live versions over HTTP, and follow the base branch; needs the package @refit/serve.";
export const examples = [
  ["refit serve churn", "one model, on port 8080"],
  ["refit serve churn --log predictions", "also writes down what it answers"],
  ["refit serve churn fraud --port 9000 --poll 10", "two models; check the base branch every ten seconds"],
] as const;
export const options = {
  view: { type: "string", multiple: true },
  port: { type: "string" },
  host: { type: "string" },
  poll: { type: "string" },
  offline: { type: "boolean" },
  "canary-limit": { type: "string" },
  log: { type: "string" },
  "log-sample": { type: "string" },
  "log-keys": { type: "string" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  view: "a feature view and the file of `refit features materialize`, such as months=features/months.parquet, in which rows with a key find their other columns; for every model that reads the view, and again where the file changes",
  port: "default: 8080; 0: any free port",
  host: "the address to listen on, such as 0.0.0.0; default: 127.0.0.1, which only this machine can reach",
  poll: "seconds between two checks of the base branch; default: 10",
  offline: "use this clone only; default: the base branch is fetched from the remote when it has a new commit there",
  "canary-limit":
    "milliseconds that a canary may take for up to 1,024 rows before the champion answers in its place; default: 50",
  log: "write each answered row to files in this folder, which git ignores, or send it as a CloudEvent to this address",
  "log-sample": "the share of answers to write, such as 0.1, chosen by a hash of their ids; default: 1",
  "log-keys": `hashed (with the secret text in ${SALT}) or plain: how the key of model.yaml is written; default: hashed`,
  json: "print the address and the served versions as JSON, once the server is ready",
};

export async function run(ports: Ports, models: readonly string[], flags: Flags): Promise<number> {
  if (models.length === 0) throw new UsageError("serve needs a model.", usage);
  const twice = models.find((model, i) => models.indexOf(model) !== i);
  if (twice !== undefined) throw new UsageError(`${quoteForTerminal(twice)} is named twice.`, usage);
  for (const model of models) checkModelName(model);
  const port = numberOf("port", flags.port ?? "8080", 65_535);
  const poll = numberOf("poll", flags.poll ?? "10", 86_400);
  if (poll === 0) throw new UsageError("--poll is at least 1 second.", usage);
  const canaryLimit = flags["canary-limit"];
  const canaryMilliseconds = canaryLimit === undefined ? undefined : numberOf("canary-limit", canaryLimit, 60_000);
  const bring = async () => ports.remoteRefs.bringBase(await ports.git.locate());
  const isOffline = flags.offline === true;
  // Where the remote does not answer, the server says so at its first look.
  if (!isOffline) await bring().catch(() => {});
  const log = servingLog(ports, flags, usage);
  const viewed = await withViews(ports, liveSources(ports, models), viewPlaces(ports, flags.view ?? []));
  const { sources: logged, key, columns } = withLoggedColumns(ports, viewed, log);
  const { sources, failureOf } = openingFailures(logged);
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
      ...(canaryMilliseconds !== undefined && { canaryMilliseconds }),
      key,
      ...(log !== null && { log: { ...log, columns } }),
      onListening(address) {
        const versions = live.map(({ model, version, treeId }) => ({ model, version, treeId }));
        if (flags.json === true) return out.print(JSON.stringify({ address, models: versions } satisfies ServeAnswer));
        out.print(`Answering at ${address}`);
      },
      ...tellingOfModels(out, failureOf),
      onViewChange: (view, model) => out.notice(`${model}: ${saidOfView(view)}`),
      onError: (error, requestId) => out.notice(`Request ${requestId} failed: ${String(error)}`),
    }),
    `${flags.host ?? "127.0.0.1"}:${port}`,
  );
  return 0;
}

/** Tells which versions answer, once all models were looked at and then at each change. */
function tellingOfModels(
  out: Pick<Output, "notice">,
  failureOf: (model: string) => RefitError | null,
): Pick<ServingRequest, "onChange" | "onFollowed"> {
  let isStarted = false;
  return {
    onChange(model) {
      if (isStarted) out.notice(saidOf(model));
    },
    onFollowed(models) {
      isStarted = true;
      const failures = models.map(({ name, version }) => (version === null ? failureOf(name) : null));
      const [first] = failures;
      const isHopeless = failures.every((failure) => failure !== null);
      for (const model of isHopeless ? models.slice(1) : models) out.notice(saidOf(model));
      if (isHopeless && first) throw first;
    },
  };
}

function saidOf({ name, version, stale, canary }: AnsweringModel): string {
  if (version === null) return `${name}: no version answers. ${stale ?? ""}`.trimEnd();
  const answers = `${version.version ?? "a version"} (tree ${version.treeId}) answers`;
  const said = `${name}: ${answers}${stale === null ? "" : `, which may not be what is live. ${stale}`}`;
  return canary ? `${said.replace(/\.?$/, ".")} ${saidOfCanary(canary)}` : said;
}

function saidOfCanary({ loaded, percent, problem }: NonNullable<AnsweringModel["canary"]>): string {
  if (loaded === null) return `Its canary could not be loaded, and answers nobody: ${problem}`;
  const canary = `Its canary (tree ${loaded.version.treeId})`;
  const { stopped } = loaded.guard;
  if (stopped !== null) {
    return `${canary} is stopped in this server until it is restarted, and the champion answers everybody: ${stopped.message}`;
  }
  const share = percent === 0 ? "is asked, and answers nobody" : `answers ${percent} % of the keys`;
  return `${canary} ${share}.${problem === null ? "" : ` ${problem}`}`;
}

function saidOfView({ name, rows: { sha256, newest }, stale }: AnsweringFile): string {
  const found = `the view ${name} has the values of ${sha256.slice(0, 12)}${newest === null ? "" : `, the newest of ${newest}`}`;
  return stale === null ? found : `${found}, which may not be the newest. ${stale}`;
}

/** @throws UsageError */
function viewPlaces({ workTree }: Pick<Ports, "workTree">, words: readonly string[]): ViewPlace[] {
  const places = words.map((word) => {
    const [, view, shown] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    if (view === undefined || shown === undefined) {
      throw new UsageError(
        `--view ${quoteForTerminal(word)} is not a view and a file, such as months=features/months.parquet.`,
        usage,
      );
    }
    return { view, shown, file: path.resolve(workTree.here, shown), usage };
  });
  const twice = places.find(({ view }, i) => places.findIndex((each) => each.view === view) !== i);
  if (twice !== undefined) throw new UsageError(`--view names ${quoteForTerminal(twice.view)} twice.`, usage);
  return places;
}

function numberOf(option: "port" | "poll" | "canary-limit", word: string, most: number): number {
  const number = Number(word);
  if (/^\d+$/.test(word) && number <= most) return number;
  throw new UsageError(`--${option} ${quoteForTerminal(word)} is not a whole number up to ${most}.`, usage);
}

const refused: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there",
  EADDRNOTAVAIL: "this machine has no such address",
  EACCES: "this user may not listen there",
  ENOTFOUND: "there is no machine of that name",
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
