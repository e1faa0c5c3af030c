/**
 * What refit reads of GitHub's answers. A proxy's page, or half an answer, has status 200 as well: it is told as an answer
 * that was not expected, and never becomes a decision. Only what is used is looked at, since servers differ in the rest.
 */

type Kind = "text" | "texts" | "whole" | "flag" | "time" | "commit" | "address";

/**
 * Kinds by place: dots lead into an object; `?` after a name: it may be absent or `null`, and then so is what lies in it.
 * Fields in a list: a list of objects with these.
 */
interface Fields {
  readonly [place: string]: Kind | readonly [Fields];
}

interface AnswerShape {
  readonly asked: RegExp;
  /** A list of these, in a field of this name where there is one, beside the total; `null`: one of these. */
  readonly list: { readonly in?: string } | null;
  readonly fields: Fields;
}

const pull: Fields = {
  number: "whole",
  state: "text",
  title: "text",
  "body?": "text",
  "draft?": "flag",
  node_id: "text",
  html_url: "address",
  "merged_at?": "time",
  "closed_at?": "time",
  updated_at: "time",
  "user?.login": "text",
  "head.ref": "text",
  "head.sha": "commit",
  "head.label": "text",
  "base.ref": "text",
  "auto_merge?.enabled_by?.login": "text",
};
const check: Fields = {
  id: "whole",
  name: "text",
  "external_id?": "text",
  "conclusion?": "text",
  "output.title?": "text",
  "output.summary?": "text",
};
const release: Fields = {
  id: "whole",
  tag_name: "text",
  draft: "flag",
  html_url: "address",
  upload_url: "address",
  assets: [{ name: "text" }],
};
const viewer: Fields = { "data?.viewer?.login": "text", "errors?": [{ message: "text" }] };

/** By method and the path below the repository, which further pages of a listing have in common with the first. */
const answers: readonly AnswerShape[] = [
  { asked: /^GET \/pulls$/, list: {}, fields: pull },
  { asked: /^POST \/pulls$/, list: null, fields: pull },
  {
    asked: /^GET \/pulls\/\d+\/reviews$/,
    list: {},
    fields: { "user?.login": "text", state: "text", author_association: "text", "commit_id?": "commit" },
  },
  { asked: /^GET \/commits\/[^/]+\/pulls$/, list: {}, fields: { ...pull, "merge_commit_sha?": "commit" } },
  {
    asked: /^GET \/pulls\/\d+\/commits$/,
    list: {},
    fields: { "author?.login?": "text", "committer?.login?": "text" },
  },
  {
    asked: /^GET \/issues\/\d+\/comments$/,
    list: {},
    fields: { id: "whole", "body?": "text", "user?.login": "text" },
  },
  {
    asked: /^GET \/issues\/\d+\/events$/,
    list: {},
    fields: { event: "text", "requested_reviewer?.login": "text", "requested_team?.slug": "text" },
  },
  {
    asked: /^GET \/issues$/,
    list: {},
    fields: {
      number: "whole",
      state: "text",
      title: "text",
      "body?": "text",
      html_url: "address",
      "user?.login": "text",
    },
  },
  { asked: /^GET \/issues\/\d+$/, list: null, fields: { "body?": "text", "user?.login": "text" } },
  { asked: /^GET \/collaborators\/[^/]+\/permission$/, list: null, fields: { permission: "text" } },
  { asked: /^POST \/issues$/, list: null, fields: { html_url: "address" } },
  { asked: /^GET \/commits\/[^/]+\/check-runs$/, list: { in: "check_runs" }, fields: check },
  {
    asked: /^GET \/commits\/[^/]+\/statuses$/,
    list: {},
    fields: { context: "text", state: "text", "description?": "text" },
  },
  {
    asked: /^GET \/rules\/branches\/[^/]+$/,
    list: {},
    fields: { type: "text", "parameters?.required_status_checks?": [{ context: "text" }] },
  },
  {
    asked: /^GET \/branches\/[^/]+$/,
    list: null,
    fields: {
      protected: "flag",
      "protection?.required_status_checks?.enforcement_level?": "text",
      "protection?.required_status_checks?.contexts?": "texts",
    },
  },
  { asked: /^GET \/releases$/, list: {}, fields: release },
  { asked: /^(POST \/releases|PATCH \/releases\/[^/]+)$/, list: null, fields: release },
  { asked: /^GET \/deployments$/, list: {}, fields: { id: "whole" } },
  { asked: /^GET \/deployments\/[^/]+\/statuses$/, list: {}, fields: { state: "text" } },
  { asked: /^POST \/deployments$/, list: null, fields: { "id?": "whole", "message?": "text" } },
  {
    asked: /^GET $/,
    list: null,
    fields: { "allow_auto_merge?": "flag", "allow_squash_merge?": "flag", "allow_merge_commit?": "flag" },
  },
  { asked: /^GET \/actions\/workflows$/, list: { in: "workflows" }, fields: { path: "text", state: "text" } },
  {
    asked: /^GET \/actions\/permissions\/workflow$/,
    list: null,
    fields: { can_approve_pull_request_reviews: "flag" },
  },
  {
    asked: /^GET \/branches\/[^/]+\/protection$/,
    list: null,
    fields: {
      "required_pull_request_reviews?.require_code_owner_reviews?": "flag",
      "required_pull_request_reviews?.dismiss_stale_reviews?": "flag",
      "allow_force_pushes?.enabled": "flag",
    },
  },
];

/** @returns what is wrong with an answer, as words after "expected"; `null`: it can be read, or nothing is read from it. */
export function answerProblem(method: string, pathname: string, data: unknown): string | null {
  if (method === "POST" && pathname.endsWith("/graphql")) return problemOf(data, viewer, "");
  const below = /\/(?:repos\/[^/]+|repositories)\/[^/]+(.*)$/.exec(pathname)?.[1];
  const answer = answers.find(({ asked }) => below !== undefined && asked.test(`${method} ${below}`));
  if (answer === undefined) return null;
  const { list, fields } = answer;
  if (list === null) return problemOf(data, fields, "");
  if (list.in !== undefined && !isListed(data, list.in)) return `a total and the list ${list.in}, in this order`;
  const entries = list.in === undefined ? data : (data as Record<string, unknown>)[list.in];
  if (!Array.isArray(entries)) return list.in === undefined ? "a list" : `a list in ${list.in}`;
  for (const [i, entry] of entries.entries()) {
    const problem = problemOf(entry, fields, `[${i}]`);
    if (problem !== null) return problem;
  }
  return null;
}

/** Whether octokit finds the list: it takes what comes first beside the total, whatever that is. */
function isListed(data: unknown, name: string): boolean {
  if (!isObject(data) || !kinds.whole(data["total_count"])) return false;
  // With the one it takes the whole answer for an entry, by the other it asks for more pages.
  if ("url" in data || "total_commits" in data) return false;
  return Object.keys(data).find((key) => !counts.has(key)) === name;
}

const counts: ReadonlySet<string> = new Set(["total_count", "incomplete_results", "repository_selection"]);

function problemOf(data: unknown, fields: Fields, at: string): string | null {
  for (const [place, kind] of Object.entries(fields)) {
    if (fits(data, place.split("."), kind)) continue;
    return `${typeof kind === "string" ? words[kind] : "a whole list"} at ${at}.${place.replaceAll("?", "")}`;
  }
  return null;
}

function fits(data: unknown, steps: readonly string[], kind: Fields[string]): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (typeof kind === "string") return kinds[kind](data);
    return Array.isArray(data) && data.every((entry) => problemOf(entry, kind[0], "") === null);
  }
  const isOptional = step.endsWith("?");
  const name = isOptional ? step.slice(0, -1) : step;
  const value = isObject(data) && Object.hasOwn(data, name) ? data[name] : undefined;
  if (isOptional && isObject(data) && (value ?? null) === null) return true;
  return fits(value, rest, kind);
}

const kinds: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string",
  texts: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
  whole: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  flag: (value) => typeof value === "boolean",
  time: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
  commit: (value) => typeof value === "string" && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value),
  address: (value) =>
    typeof value === "string" && /^https?:\/\/\S+$/.test(value) && URL.canParse(withoutTemplate(value)),
};

const words: Readonly<Record<Kind, string>> = {
  text: "a text",
  texts: "a list of texts",
  whole: "a whole number",
  flag: "true or false",
  time: "a time",
  commit: "a commit",
  address: "an address",
};

/** The address of uploads ends in `{?name}`, for the caller to fill. */
export function withoutTemplate(address: string): string {
  return address.replace(/\{.*\}$/, "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
