import { forgeConformance } from "@refit/testkit/conformance/forge";
import { proposalRequest, runner, shownBy, temporaryHub } from "./support/hub-world.ts";

forgeConformance("github", async () => {
  const hub = await temporaryHub();
  const { forge, limits, locate, push, look } = await runner(hub);
  return {
    forge: { name: "github", limits, pullRequest: null, ...forge },
    locate,
    push: (content) => push(content),
    request: proposalRequest,
    look: () => look(),
    merge: async (how) => void (await hub.person.merge(1, how)),
    commitAsPerson: async () => void (await hub.person.commit("refit--churn", { "NOTES.md": "mine" })),
    alertTexts: async () => shownBy(hub).issues.map(({ body }) => body ?? ""),
    alerts: async () => shownBy(hub).issues.flatMap(({ title, state }) => (state === "open" ? [title] : [])),
  };
});
