import { quoted } from "../errors/name-words.ts";
import { redact } from "../errors/secrets.ts";
import type { AddressProblem } from "./address-problem.ts";
import type { Source } from "./data-manifest.ts";
import { escapes } from "./path-rules.ts";
import { missingQueryKeys, queryProblem, queryPathProblem } from "./query-rules.ts";
import { schemeOf } from "./source-scheme.ts";
import { sourceFormat } from "./source-format.ts";

/** Checks the address of a remote source, and the keys that only remote sources have, as far as text tells. */
export function addressProblems(source: Source): AddressProblem[] {
  const scheme = schemeOf(source.path);
  const why = scheme === "" ? null : (rules[scheme]?.(source) ?? null);
  const problems: AddressProblem[] = why === null ? [] : [{ key: "path", sentence: why }];
  if (scheme === "postgres") problems.push(...missingQueryKeys(source));
  for (const key of remoteKeys) {
    if (source[key] !== undefined && !(keysOf[scheme] ?? []).includes(key))
      problems.push({ key, sentence: `${quoted(key)} has no meaning for ${schemeWords(scheme)}; remove it` });
  }
  for (const key of ["token", "credentials", "connection"] as const) {
    const name = source[key];
    if (name !== undefined && !isVariableName(name)) problems.push({ key, sentence: notAName[key] });
  }
  if (source.endpoint !== undefined) {
    const wrong = endpointProblem(source.endpoint, source.allowPrivate === true);
    if (wrong !== null) problems.push({ key: "endpoint", sentence: wrong });
  }
  if (source.region !== undefined && !/^[a-z0-9-]{1,40}$/.test(source.region))
    problems.push({ key: "region", sentence: "is not the name of a region, such as eu-central-1" });
  const wrongQuery = source.query === undefined ? null : queryProblem(source.query);
  if (wrongQuery !== null) problems.push({ key: "query", sentence: wrongQuery });
  return problems;
}

/** As messages name a kind of place. */
export function schemeWords(scheme: string): string {
  if (scheme === "") return "files of the repository";
  return scheme === "dvc" ? "a .dvc pointer" : `${scheme}:`;
}

const queryKeys = ["query", "connection", "cursor", "interval", "lookbackDays", "querySeconds"] as const;
const remoteKeys = ["token", "allowPrivate", "endpoint", "region", "credentials", ...queryKeys] as const;
const keysOf: Readonly<Record<string, readonly (typeof remoteKeys)[number][]>> = {
  https: ["token", "allowPrivate"],
  s3: ["allowPrivate", "endpoint", "region", "credentials"],
  hf: ["token", "allowPrivate", "endpoint"],
  dvc: ["token", "allowPrivate", "endpoint", "region", "credentials"],
  postgres: queryKeys,
};

const rules: Readonly<Record<string, (source: Source) => string | null>> = {
  https: ({ path, allowPrivate }) =>
    /^http:/i.test(path) && allowPrivate !== true
      ? "http: sends data in the clear, so it is read inside of a private network only (`allowPrivate: true`); write https:"
      : webProblem(path),
  s3: ({ path }) => objectProblem(path),
  hf: ({ path }) => hubProblem(path),
  dvc: ({ path }) => escapes(path),
  postgres: ({ path }) => queryPathProblem(path),
};

/** The name and not the value: a manifest is in git, where everybody reads it. */
const notAName = {
  token:
    "must be the NAME of an environment variable, in capitals such as DATA_TOKEN; never write the token itself into a file",
  credentials:
    "must be what the NAMES of the environment variables begin with, in capitals such as R2 for R2_ACCESS_KEY_ID; never write a key itself into a file",
  connection:
    "must be the NAME of an environment variable, in capitals such as DATABASE_URL; never write the address itself into a file, since it holds a password",
};

function isVariableName(word: string): boolean {
  return /^[A-Z_][A-Z0-9_]{0,99}$/.test(word) && redact(word) === word;
}

function webProblem(path: string): string | null {
  const [, host, file, rest] = /^https?:\/\/([^/?#]*)([^?#]*)(.*)$/i.exec(path) ?? [];
  if (host === undefined || host === "" || file === undefined || /[\s\\]/.test(path))
    return "is not an address such as https://data.example.org/sales.csv";
  if (host.includes("@")) {
    return "has a user name or a password in it, which everybody could read; put a token into an environment variable and write its name: `token: NAME`";
  }
  if (rest !== "")
    return "has a query or a fragment, which may be a credential; name the address that ends in the file's name";
  if (/[*{}[\]]/.test(file))
    return "has a wildcard, but the files of a web server cannot be listed; write one entry for each file";
  if (file.split("/").some((part) => part === "." || part === "..")) return "has . or .. between its slashes";
  return endingProblem(file);
}

function objectProblem(path: string): string | null {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/s.exec(path) ?? [];
  if (bucket === undefined || key === undefined) return "is not an address such as s3://bucket/sales/*.csv";
  // The ending of a pattern such as `sales/*` is known only when its objects are.
  const hasEnding = /\.[^./*?[\]{}]+$/.test(key.slice(key.lastIndexOf("/") + 1));
  return hasEnding ? endingProblem(key) : null;
}

function hubProblem(path: string): string | null {
  const name = "[A-Za-z0-9][\\w.-]*";
  const file = new RegExp(`^hf://datasets/${name}/${name}@([^/]+)/(.+)$`, "s").exec(path);
  if (file === null) return "is not an address such as hf://datasets/owner/name@<commit>/data/*.parquet";
  if (!/^[0-9a-f]{40}$/.test(file[1]!))
    return "names a branch or a tag, which moves; write the commit, all 40 digits of it, after the @";
  const hasEnding = /\.[^./*?[\]{}]+$/.test(file[2]!.slice(file[2]!.lastIndexOf("/") + 1));
  return hasEnding ? endingProblem(file[2]!) : null;
}

function endpointProblem(endpoint: string, allowPrivate: boolean): string | null {
  const host = /^https?:\/\/([^/?#\s\\]+)\/?$/i.exec(endpoint)?.[1];
  if (host === undefined) return "is not an address such as https://minio.example.org:9000";
  if (host.includes("@")) return "has a user name or a password in it; name variables with `credentials`";
  if (/^http:/i.test(endpoint) && !allowPrivate)
    return "http: sends data in the clear, so it is read inside of a private network only (`allowPrivate: true`); write https:";
  return null;
}

function endingProblem(file: string): string | null {
  if (sourceFormat(file) !== null) return null;
  return "does not end in .csv, .tsv, .jsonl, .ndjson (text may be .gz) or .parquet";
}
