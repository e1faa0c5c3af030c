import { ForgePermissionError } from "@refit/core/errors";
import { dashboardMarker, type Ticks, tickedIn, visibleText, withTicks } from "@refit/core/report";
import type { Dashboard, DashboardPage, TakenBoxes } from "../../../ports/dashboard.ts";
import type { Client } from "./client.ts";
import { statusOf } from "./failures.ts";
import type { IssueEdit } from "./issue-edit.ts";
import { isMarked } from "./marker.ts";
import type { IsOurs } from "./own-author.ts";

/** Workflows ask for it before they start a job. */
const label = "refit-dashboard";
const title = "refit: all models";
const turnedOff = `${dashboardMarker}

The dashboard is turned off: \`refit.yaml\` has no \`dashboard: issue\`. With that line it is opened again.`;

type Issue = Awaited<ReturnType<Client["rest"]["issues"]["listForRepo"]>>["data"][number];

/**
 * The dashboard as an issue, one for a repository: the oldest that has our marker and that we have opened ourselves, also where it is closed.
 *
 * @param edit what started the run.
 */
export function issueDashboard(client: Client, isOurs: IsOurs, edit: IssueEdit | null): Dashboard {
  return {
    ensure: (_repository, text) =>
      text === null
        ? // Most repositories never had one: that it cannot be looked for is not worth a word.
          allowed({ ...client, notice() {} }, "close the dashboard", () => close(client, isOurs))
        : allowed(client, "show the dashboard", () => show(client, isOurs, text)),
    take: async () => edit && take(client, isOurs, edit),
  };
}

/** Our dashboards, oldest first. Read each time: what people have ticked meanwhile must not be overwritten. */
async function dashboards({ here, rest, paginate }: Client, isOurs: IsOurs): Promise<Issue[]> {
  const all = await paginate(rest.issues.listForRepo, { ...here, state: "all", labels: label, per_page: 100 });
  const marked = all.filter((issue) => issue.pull_request === undefined && isMarked(issue.body, dashboardMarker));
  const ours = await Promise.all(marked.map((issue) => isOurs(issue.user)));
  return marked.filter((_, i) => ours[i]).toSorted((a, b) => a.number - b.number);
}

async function show(client: Client, isOurs: IsOurs, text: string): Promise<DashboardPage> {
  const { here, rest } = client;
  const [first, ...copies] = await dashboards(client, isOurs);
  await closeAll(client, copies);
  if (first === undefined) {
    const { data } = await rest.issues.create({ ...here, title, body: text, labels: [label] });
    // Another run may have been as fast: the older one stays.
    const [oldest = data, ...younger] = await dashboards(client, isOurs);
    await closeAll(client, younger);
    return { url: oldest.html_url, operation: "created" };
  }
  const before = plainLines(first.body);
  const body = withTicks(text, tickedIn(before));
  if (before === body && first.state === "open") return { url: first.html_url, operation: "unchanged" };
  await rest.issues.update({ ...here, issue_number: first.number, body, state: "open" });
  return { url: first.html_url, operation: "updated" };
}

async function close(client: Client, isOurs: IsOurs): Promise<DashboardPage | null> {
  const [first, ...copies] = await dashboards(client, isOurs);
  await closeAll(client, copies);
  if (first === undefined || first.state === "closed") return null;
  await client.rest.issues.update({ ...client.here, issue_number: first.number, body: turnedOff, state: "closed" });
  return { url: first.html_url, operation: "closed" };
}

async function closeAll({ here, rest }: Client, issues: readonly Issue[]): Promise<void> {
  for (const { number, state } of issues)
    if (state === "open") await rest.issues.update({ ...here, issue_number: number, state: "closed" });
}

/** Of an issue as GitHub gives it after an edit in a browser. */
const plainLines = (body: string | null | undefined) => (body ?? "").replaceAll("\r\n", "\n");

/**
 * What was ticked: by the edit, whatever has become of the text since, and what stands there, since GitHub drops a run that waits when the
 * next one comes.
 */
async function take(client: Client, isOurs: IsOurs, edit: IssueEdit): Promise<TakenBoxes> {
  const { rest, here } = client;
  const { login, isBot } = edit.sender;
  if (isBot) return refused("The dashboard was edited by a bot, so no run was started.");
  const request = { permission: "issues: read", what: "read the dashboard" };
  const { data: issue } = await client.ensure(request, () => rest.issues.get({ ...here, issue_number: edit.issue }));
  if (!isMarked(issue.body, dashboardMarker) || !(await isOurs(issue.user)))
    return refused(`Issue #${edit.issue} is not refit's dashboard.`);
  // With a person's token our own edits start runs, too.
  if (!isTickAlone(edit) && (await isOurs({ login })))
    return refused("The dashboard was brought up to date, and no box was ticked, so no run was started.");
  const standing = tickedIn(issue.body ?? "");
  const ticked = union(newlyTicked(edit), standing);
  if (ticked.models.length === 0 && !ticked.due) return refused("No box of the dashboard was ticked.");
  if (!(await mayWrite(client, login))) {
    await clear(client, edit.issue);
    return refused(`${visibleText(login, 100)} may not write to this repository, so no run was started.`);
  }
  await clear(client, edit.issue);
  return { asked: true, ...ticked, by: login };
}

const refused = (because: string): TakenBoxes => ({ asked: false, because });

function newlyTicked({ before, after }: IssueEdit): Ticks {
  const [old, now] = [tickedIn(before), tickedIn(after)];
  return { models: now.models.filter((model) => !old.models.includes(model)), due: now.due && !old.due };
}

/** Whether boxes were ticked and nothing else was changed, as a click does. Our own edits change words, or clear boxes. */
function isTickAlone(edit: IssueEdit): boolean {
  const { models, due } = newlyTicked(edit);
  const plain = (text: string) => withTicks(text, { models: [], due: false });
  return (models.length > 0 || due) && plain(edit.before) === plain(edit.after);
}

function union(a: Ticks, b: Ticks): Ticks {
  return { models: [...new Set([...a.models, ...b.models])], due: a.due || b.due };
}

/** What cannot be cleared is done all the same, and a notice has said why it stays. */
async function clear(client: Client, number: number): Promise<void> {
  const { rest, here } = client;
  await allowed(client, "clear the boxes of the dashboard", async () => {
    const { data: issue } = await rest.issues.get({ ...here, issue_number: number });
    const before = plainLines(issue.body);
    const body = withTicks(before, { models: [], due: false });
    if (body !== before) await rest.issues.update({ ...here, issue_number: number, body });
  });
}

/** Whoever is not known to GitHub as somebody who may, may not. */
async function mayWrite({ rest, here, ensure }: Client, login: string): Promise<boolean> {
  const request = { permission: "metadata: read", what: "ask what somebody may do here" };
  const answer = await ensure(request, async () => {
    try {
      return (await rest.repos.getCollaboratorPermissionLevel({ ...here, username: login })).data.permission;
    } catch (error) {
      if (statusOf(error) === 404) return "none";
      throw error;
    }
  });
  return answer === "write" || answer === "admin";
}

/** @returns `null`: it may not be done here, and a notice says why */
async function allowed<T>(client: Client, what: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await client.ensure({ permission: "issues: write", what }, work);
  } catch (error) {
    const isOff = statusOf((error as { cause?: unknown }).cause ?? {}) === 410;
    if (!isOff && !(error instanceof ForgePermissionError)) throw error;
    client.notice(
      isOff
        ? "There is no dashboard, since issues are turned off in this repository. To have one, turn on Settings → General → Features → Issues; else remove `dashboard: issue` from refit.yaml."
        : `The dashboard was not changed: ${(error as Error).message} ${(error as ForgePermissionError).hint}`,
    );
    return null;
  }
}
