import { DAY } from "@refit/core/decide";

/** Rows of a small made-up subscription business: who cancels, by contract, price, use and complaints. */
export function exampleCsv(rows = 3000): string {
  const random = generator(20_260_101);
  const pick = <T extends string>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const prices = { basic: 9, plus: 19, pro: 39 } as const;
  const lines = ["customer,signed_up,plan,region,monthly_price,hours_used,complaints,cancelled"];
  for (let i = 0; i < rows; i++) {
    const day = new Date(Date.UTC(2025, 0, 1) + Math.floor((i / rows) * 365) * DAY).toISOString().slice(0, 10);
    const plan = pick(["basic", "basic", "plus", "pro"] as const);
    const price = prices[plan] + Math.round(random() * 4);
    const hours = random() < 0.05 ? "" : (random() * 30).toFixed(1);
    const complaints = Math.floor(random() * random() * 5);
    const leaning = -1.6 + 0.9 * complaints + (plan === "basic" ? 0.7 : -0.4) - 0.06 * Number(hours || 12);
    const cancelled = random() < 1 / (1 + Math.exp(-leaning));
    lines.push(
      `c${100_000 + i},${day},${plan},${pick(["north", "south", "east", "west"])},${price},${hours},${complaints},${cancelled}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

/** A linear congruential generator (Numerical Recipes), good enough for an example and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
