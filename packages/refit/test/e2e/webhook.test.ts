import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { expect, it, onTestFinished } from "vitest";
import { refitProcess } from "./support/cli.ts";
import { churnScene } from "./support/scene.ts";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const secret = `whsec_${Buffer.from("a secret of 24 bytes or so").toString("base64")}`;

/** A receiver that gives these answers, and 200 from then on. */
async function receiver(...answers: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void take(request, response);
  });
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(answers.shift() ?? 200).end();
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { received, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

it("is told once that an alert is open, and once that it is closed", async () => {
  const scene = await churnScene();
  // A day without a receiver, and one without news.
  const { received, address } = await receiver(400);
  const run = (reach = "--push") =>
    refitProcess(scene.repository, ["run", reach], {
      REFIT_WEBHOOK_URL: address,
      REFIT_WEBHOOK_SECRET: secret,
    });
  await scene.land({ "data/churn/2026-02.csv": "" });

  const refused = await run();
  await run();
  await run();
  const opened = received.slice(0, 2).map(({ body }) => JSON.parse(body));
  const keptToItself = await run("--no-push");
  await scene.git("rm", "-q", "data/churn/2026-02.csv");
  await scene.land();
  await run();
  await run();

  expect(refused.stderr).toContain(
    "note: The webhook was not told that the alert of churn is opened: it answered 400.",
  );
  expect(keptToItself.exitCode).toBe(3);
  expect(received).toHaveLength(3);
  expect(opened[1]).toMatchObject({
    specversion: "1.0",
    id: opened[0].id,
    source: "urn:refit:local",
    type: "refit.alert.opened",
    subject: "churn",
    text: "refit(churn): the new data were refused",
    data: { state: "opened", model: "churn", body: expect.stringContaining("empty-file"), url: null },
  });
  expect(JSON.parse(received[2]!.body)).toMatchObject({
    type: "refit.alert.closed",
    data: { alert: opened[1].data.alert, state: "closed", body: null },
  });
  for (const { headers, body } of received) {
    expect(headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual(JSON.parse(body));
    expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow("signature");
  }
});
