import { describe, expect, it } from "vitest";
import { hubScene } from "./support/hub-scene.ts";
import { proposalRequest, runner, temporaryHub } from "./support/hub-world.ts";

type RunnerOf = Parameters<typeof runner>[1];

async function proposed(reviewers: readonly string[], token: RunnerOf = "bot") {
  const hub = await temporaryHub();
  const run = await runner(hub, token);
  const { head } = await run.propose("1", { reviewers });
  const again = async (more: readonly string[] = reviewers) =>
    run.reopened().ensureProposal(await run.locate(), proposalRequest(head, { reviewers: more }));
  const { pull } = hub.rows.issues[0]!;
  return { hub, run, pull: pull!, again };
}

describe("reviewers of a proposal", () => {
  it("are asked once, and not again after they were removed", async () => {
    const { hub, pull, again, run } = await proposed(["ada", "mallory"]);
    expect(pull.reviewers).toEqual(["ada", "mallory"]);

    pull.reviewers.length = 0;
    await again();
    await again();

    expect(pull.reviewers).toEqual([]);
    expect(pull.reviewRequests.map(({ name }) => name)).toEqual(["ada", "mallory"]);
    expect(run.notices).toEqual([]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("that are named later are asked then, but not who has reviewed unasked", async () => {
    const { hub, pull, again } = await proposed(["mallory"]);
    await hub.person.approve(1);

    await again(["mallory", "ada", "refit-app[bot]"]);

    expect(pull.reviewers).toEqual(["mallory", "refit-app[bot]"]);
  });

  it("are looked for again when the answer was lost", async () => {
    const hub = await temporaryHub();
    const run = await runner(hub);
    hub.fault({ method: "POST", path: /requested_reviewers/, after: true });

    await run.propose("1", { reviewers: ["ada"] });

    expect(hub.rows.issues[0]!.pull!.reviewRequests).toHaveLength(1);
    expect(run.notices).toEqual([]);
  });

  it("may be found too early by GitHub's other servers", async () => {
    const hub = await temporaryHub();
    const run = await runner(hub);
    const message = "Could not resolve to a node with the global id of 'PR_1'.";
    hub.fault({ method: "POST", path: /requested_reviewers/, status: 422, body: { message } });

    await run.propose("1", { reviewers: ["ada"] });

    expect(hub.rows.issues[0]!.pull!.reviewers).toEqual(["ada"]);
  });

  it.each<[why: string, reviewers: string[], token: RunnerOf, asked: string[], notice: RegExp | null]>([
    ["a team with an App's token", ["octo/risk", "ada"], "app", ["octo/risk", "ada"], null],
    [
      "a team with the default token",
      ["octo/risk", "ada"],
      "bot",
      ["ada"],
      /octo\/risk could not.*App's token.*CODEOWNERS/,
    ],
    ["somebody without access", ["grace", "ada"], "bot", ["ada"], /grace could not be asked.*collaborator/],
    ["the author", ["Ada", "mallory"], "person", ["mallory"], null],
  ])("end nothing: %s", async (_why, reviewers, token, asked, notice) => {
    const { pull, run, hub } = await proposed(reviewers, token);

    expect(pull.reviewers).toEqual(asked);
    expect(run.notices).toEqual(notice === null ? [] : [expect.stringMatching(notice)]);
    expect(hub.rows.checkRuns.length + hub.rows.statuses.length).toBe(2);
  });

  it("come from model.yaml on the base branch, and change no input digest", async () => {
    const asked = await hubScene({ spec: { reviewers: ["ada"] } });
    const nobody = await hubScene();
    const [first, second] = [await asked.run(), await nobody.run()] as { version: string }[];

    expect(asked.hub.rows.issues[0]!.pull!.reviewers).toEqual(["ada"]);
    expect(nobody.hub.rows.issues[0]!.pull!.reviewers).toEqual([]);
    expect(first!.version).toBe(second!.version);
  });
});
