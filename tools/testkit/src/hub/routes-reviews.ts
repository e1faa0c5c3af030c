import { page } from "./page.ts";
import { pullOf } from "./pulls.ts";
import { created, ok, Refusal, type Reply } from "./reply.ts";
import { list, repositoryRoute, text, writer, type Call, type Route } from "./router.ts";
import type { ReviewRow } from "./rows.ts";
import { pullView, reviewView } from "./views.ts";
import { timestamp } from "./world.ts";

const read = [["pull_requests", "read"]] as const;
const write = [["pull_requests", "write"]] as const;

export const reviewRoutes: readonly Route[] = [
  repositoryRoute("POST", "/pulls/:number/requested_reviewers", write, requestReviewers),
  repositoryRoute("DELETE", "/pulls/:number/requested_reviewers", write, (call) => {
    const row = pullOf(call.world, call.params["number"]!);
    const gone = list(call, "reviewers") ?? [];
    row.pull.reviewers = row.pull.reviewers.filter((login) => !gone.includes(login));
    return ok(pullView(call.world, row));
  }),
  repositoryRoute("GET", "/pulls/:number/reviews", read, (call) => {
    const { number } = pullOf(call.world, call.params["number"]!);
    const reviews = call.world.rows.reviews.filter((review) => review.pull === number);
    return page(
      call,
      reviews.map((review) => reviewView(call.world, review)),
    );
  }),
  repositoryRoute("POST", "/pulls/:number/reviews", write, createReview),
];

function requestReviewers(call: Call): Reply {
  const { world } = call;
  const actor = writer(call);
  const row = pullOf(world, call.params["number"]!);
  const logins = list(call, "reviewers") ?? [];
  if ((list(call, "team_reviewers") ?? []).length > 0 && actor.kind === "workflow") {
    throw new Refusal(422, "Could not resolve to a node with the global id of 'team'.");
  }
  if (logins.includes(row.author.login)) {
    throw new Refusal(422, "Review cannot be requested from pull request author.");
  }
  const known = new Set([...world.actors.values()].map((one) => one.login));
  if (logins.some((login) => !known.has(login))) {
    throw new Refusal(
      422,
      "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.",
    );
  }
  const teams = (list(call, "team_reviewers") ?? []).map((slug) => `${world.owner}/${slug}`);
  for (const name of [...logins, ...teams].filter((each) => !row.pull.reviewers.includes(each))) {
    row.pull.reviewers.push(name);
    row.pull.reviewRequests.push({ name, by: actor, at: timestamp(world) });
  }
  return created(pullView(world, row));
}

function createReview(call: Call): Reply {
  const { world } = call;
  const actor = writer(call);
  const row = pullOf(world, call.params["number"]!);
  const event = text(call, "event") ?? "COMMENT";
  const states: Readonly<Record<string, ReviewRow["state"]>> = {
    APPROVE: "APPROVED",
    REQUEST_CHANGES: "CHANGES_REQUESTED",
    COMMENT: "COMMENTED",
  };
  const state = states[event];
  if (state === undefined) throw new Refusal(422, "Unprocessable Entity");
  if (event === "APPROVE" && actor.kind === "workflow" && !world.settings.actionsMayOpenPulls) {
    throw new Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.");
  }
  if (event !== "COMMENT" && actor.login === row.author.login) {
    throw new Refusal(422, "Can not approve your own pull request");
  }
  const review: ReviewRow = {
    id: world.nextId(),
    pull: row.number,
    author: actor,
    commit: row.pull.headSha,
    submittedAt: timestamp(world),
    body: text(call, "body") ?? "",
    state,
  };
  world.rows.reviews.push(review);
  return ok(reviewView(world, review));
}
