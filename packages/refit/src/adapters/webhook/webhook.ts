import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Environment, Patience } from "../forges/forge-adapter.ts";
import type { AlertEvent } from "./alert-event.ts";

/** Where alerts are announced besides the forge. */
export interface Webhook {
  /** @returns whether it was taken; if not, a notice has said why. */
  send(event: AlertEvent): Promise<boolean>;
}

interface WebhookParts {
  readonly notice: (sentence: string) => void;
  readonly patience?: Pick<Patience, "secondMs" | "timeoutMs">;
}

const mostTries = 3;

/** @returns `null`: the environment names none. The address is a secret, and in no message. */
export function webhookOf(env: Environment, { notice, patience }: WebhookParts): Webhook | null {
  const address = env["REFIT_WEBHOOK_URL"] ?? "";
  if (address === "") return null;
  const { secondMs, timeoutMs } = patience ?? { secondMs: 1000, timeoutMs: 10_000 };
  const secret = env["REFIT_WEBHOOK_SECRET"] ?? "";

  async function attempt(request: RequestInit): Promise<string | null> {
    try {
      const answer = await fetch(address, { ...request, signal: AbortSignal.timeout(timeoutMs) });
      await answer.body?.cancel();
      return answer.ok ? null : `it answered ${answer.status}`;
    } catch (error) {
      return (error as Error).name === "TimeoutError" ? "it did not answer" : "it could not be reached";
    }
  }

  async function deliver(event: AlertEvent): Promise<string | null> {
    const body = JSON.stringify(event);
    const headers = { "content-type": "application/cloudevents+json; charset=utf-8", ...signed(event, body, secret) };
    for (let tries = 1; ; tries++) {
      const problem = await attempt({ method: "POST", redirect: "error", headers, body });
      if (problem === null || tries === mostTries || /answered 4(?!08|29)/.test(problem)) return problem;
      await wait(tries * secondMs);
    }
  }

  async function send(event: AlertEvent): Promise<boolean> {
    const problem = addressProblem(address) ?? (await deliver(event));
    if (problem === null) return true;
    notice(`The webhook was not told that the alert of ${event.subject} is ${event.data.state}: ${problem}.`);
    return false;
  }
  return { send };
}

/** Without encryption only this machine is told. */
function addressProblem(address: string): string | null {
  if (!URL.canParse(address)) return "REFIT_WEBHOOK_URL is not an address";
  const { protocol, hostname } = new URL(address);
  const isHere = protocol === "http:" && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return protocol === "https:" || isHere ? null : "REFIT_WEBHOOK_URL is not an https: address";
}

/** The headers of Standard Webhooks (standardwebhooks.com), by which a receiver knows who sent the event, and when. */
function signed(event: AlertEvent, body: string, secret: string): Record<string, string> {
  const seconds = String(Math.floor(Date.parse(event.time) / 1000));
  const told = { "webhook-id": event.id, "webhook-timestamp": seconds };
  if (secret === "") return told;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${event.id}.${seconds}.${body}`).digest("base64");
  return { ...told, "webhook-signature": `v1,${signature}` };
}
