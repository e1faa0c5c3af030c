import type { LoggedText, LogSink } from "./prediction-log.ts";

export interface EventSinkOptions {
  /** Where events come from, such as the address of the server. */
  readonly source: string;
  /** Such as an authorization; never in a message. */
  readonly headers?: Readonly<Record<string, string>>;
  /** An answer must come within so long; left out: 10,000. */
  readonly milliseconds?: number;
}

/** Sends lines as CloudEvents 1.0 of the type `refit.prediction`, many in one request (`application/cloudevents-batch+json`), each with its line as `data`. */
export function logEvents(address: string, { source, headers = {}, milliseconds = 10_000 }: EventSinkOptions): LogSink {
  return {
    async write(lines) {
      const response = await fetch(address, {
        method: "POST",
        headers: { ...headers, "content-type": "application/cloudevents-batch+json" },
        body: `[${lines.map((line) => eventText(line, source)).join(",")}]`,
        redirect: "error",
        signal: AbortSignal.timeout(milliseconds),
      });
      await response.body?.cancel();
      if (!response.ok)
        throw new Error(`${new URL(address).host} answered ${response.status} to ${lines.length} events.`);
    },
    async close() {},
  };
}

/** The same line has the same id, so that a receiver may leave out what it knows. */
function eventText({ id, model, at, text }: LoggedText, source: string): string {
  const attributes = JSON.stringify({
    specversion: "1.0",
    id,
    source,
    type: "refit.prediction",
    subject: model,
    time: new Date(at).toISOString(),
    datacontenttype: "application/json",
  });
  return `${attributes.slice(0, -1)},"data":${text}}`;
}
