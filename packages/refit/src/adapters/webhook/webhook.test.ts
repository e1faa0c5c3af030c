import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { alertEvent } from "./alert-event.ts";
import { webhookOf } from "./webhook.ts";

const event = alertEvent({
  state: "opened",
  source: "https://github.com/acme/models",
  model: "churn",
  title: "refit(churn): the new data were refused",
  body: "- nulls",
  place: "https://github.com/acme/models/issues/7",
  at: 0,
});

/** @param answers statuses in turn; 0: the connection is cut, 1: there is no answer. */
async function receiver(answers: number[]): Promise<{ address: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    const answer = answers[asked++] ?? 200;
    if (answer === 0) request.socket.destroy();
    if (answer > 1) response.writeHead(answer, { location: "/elsewhere" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/T0/secret`, asked: () => asked };
}

async function sentTo(address: string, timeoutMs = 10_000) {
  const notices: string[] = [];
  const patience = { secondMs: 1, timeoutMs };
  const webhook = webhookOf({ REFIT_WEBHOOK_URL: address }, { notice: (said) => notices.push(said), patience });
  const isTaken = await webhook!.send(event);
  expect(notices.join("\n")).not.toContain("secret");
  return { isTaken, notices };
}

const untold = "The webhook was not told that the alert of churn is opened: ";

describe("an event", () => {
  it.each<[what: string, answers: number[], asked: number, problem: string | null]>([
    ["is taken at once", [204], 1, null],
    ["is sent again where the receiver is busy", [503, 429, 200], 3, null],
    ["is sent again where the connection is cut", [0, 200], 2, null],
    ["is given up after three tries", [500, 500, 500], 3, "it answered 500."],
    ["is given up where nothing answers", [1, 1, 1], 3, "it did not answer."],
    ["is given up at once where it is refused", [404], 1, "it answered 404."],
    ["does not follow to another address", [302, 302, 302], 3, "it could not be reached."],
  ])("%s", async (_what, answers, asked, problem) => {
    const { address, asked: asks } = await receiver(answers);

    const { isTaken, notices } = await sentTo(address, answers.includes(1) ? 50 : undefined);

    expect({ isTaken, notices }).toEqual({
      isTaken: problem === null,
      notices: problem === null ? [] : [untold + problem],
    });
    expect(asks()).toBe(asked);
  });

  it.each([
    ["http://hooks.example.com/secret", "REFIT_WEBHOOK_URL is not an https: address."],
    ["http://127.0.0.1.example.com/secret", "REFIT_WEBHOOK_URL is not an https: address."],
    ["file:///etc/secret", "REFIT_WEBHOOK_URL is not an https: address."],
    ["secret", "REFIT_WEBHOOK_URL is not an address."],
  ])("is not sent to %s", async (address, problem) => {
    expect(await sentTo(address)).toEqual({ isTaken: false, notices: [untold + problem] });
  });

  it("says in one line what happened, and where", () => {
    expect(event.text).toBe("refit(churn): the new data were refused: https://github.com/acme/models/issues/7");
  });

  it("is none where the environment names no webhook", () => {
    expect(webhookOf({ REFIT_WEBHOOK_URL: "" }, { notice() {} })).toBeNull();
  });
});
