import type { Reply } from "./reply.ts";
import type { Call } from "./router.ts";

/** One page of a listing with GitHub's `Link` header: 30 unless asked, at most 100. */
export function page<T>(call: Call, items: readonly T[], wrap: (shown: T[]) => unknown = (shown) => shown): Reply {
  const size = Math.min(100, Math.max(1, Number(call.query.get("per_page") ?? 30) || 30));
  const number = Math.max(1, Number(call.query.get("page") ?? 1) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links: string[] = [];
  const link = (target: number, relation: string): void => {
    const url = new URL(call.url);
    url.searchParams.set("page", String(target));
    links.push(`<${url.href}>; rel="${relation}"`);
  };

  if (number > 1) link(number - 1, "prev");
  if (number < last) link(number + 1, "next");
  if (number < last) link(last, "last");
  if (number > 1) link(1, "first");
  return {
    status: 200,
    body: wrap(items.slice((number - 1) * size, number * size)),
    headers: links.length === 0 ? {} : { link: links.join(", ") },
  };
}
