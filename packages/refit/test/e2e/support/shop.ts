import { readFile } from "node:fs/promises";
import { createRepository } from "@refit/testkit";
import { onTestFinished } from "vitest";
import { generator } from "./churn.ts";
import { openScene, preparedScene, type Scene } from "./scene.ts";

/** A made-up shop: who is a customer at the start of a month, and what was ordered. Who ordered little lately leaves. */
export interface Shop {
  readonly months: number;
  readonly customers: number;
  readonly seed: number;
}

const DAY = 86_400_000;
const monthStart = (month: number) => Date.UTC(2025, month, 1);
const iso = (at: number) => new Date(at).toISOString();
const fileOf = (month: number) => `${iso(monthStart(month)).slice(0, 7)}.csv`;

/** Files of the first months; another number of months gives the same files for those that both have. */
export function shopFiles({ months, customers, seed }: Shop): Record<string, string> {
  const random = generator(seed);
  const files: Record<string, string> = {};
  const loyalty = Array.from({ length: customers }, () => random());
  let order = 0;
  for (let month = 0; month < months; month++) {
    const here = ["customer,month,plan"];
    const orders = ["order_id,customer,ordered_at,amount"];
    for (let customer = 0; customer < customers; customer++) {
      here.push(`c${customer},${iso(monthStart(month)).slice(0, 10)},${customer % 3 === 0 ? "basic" : "pro"}`);
      // Loyalty moves slowly, so that the last months tell of the next one.
      loyalty[customer] = Math.min(1, Math.max(0, loyalty[customer]! + (random() - 0.5) * 0.2));
      const count = random() < loyalty[customer]! ? 1 + Math.floor(loyalty[customer]! * 6) : 0;
      for (let i = 0; i < count; i++) {
        const at = monthStart(month) + Math.floor(random() * 28 * DAY);
        orders.push(`o${order++},c${customer},${iso(at)},${(5 + random() * 95).toFixed(2)}`);
      }
    }
    files[`data/customers/${fileOf(month)}`] = `${here.join("\n")}\n`;
    files[`data/orders/${fileOf(month)}`] = `${orders.join("\n")}\n`;
  }
  return files;
}

export const shopTables = [
  {
    name: "orders",
    sources: [{ path: "data/orders/*.csv" }],
    schema: {
      fields: [
        { name: "order_id", type: "string" },
        { name: "customer", type: "string", constraints: { required: true } },
        { name: "ordered_at", type: "datetime", constraints: { required: true } },
        { name: "amount", type: "number", constraints: { minimum: 0 } },
      ],
      primaryKey: "order_id",
    },
    availableAt: "ordered_at",
  },
];

/** @param until what a joined order is older than. */
export const shopPrepare = (until = "s.month") => `
WITH past AS (
  SELECT s.customer, s.month, count(*) AS orders_90d, sum(o.amount) AS spend_90d
  FROM source s JOIN orders o
    ON o.customer = s.customer AND o.ordered_at <= ${until} AND o.ordered_at > s.month - INTERVAL 90 DAY
  GROUP BY ALL
), following AS (
  SELECT s.customer, s.month, count(*) AS orders
  FROM source s JOIN orders o
    ON o.customer = s.customer AND o.ordered_at > s.month AND o.ordered_at <= s.month + INTERVAL 1 MONTH
  GROUP BY ALL
)
SELECT s.customer, s.month, s.plan,
  coalesce(p.orders_90d, 0) AS orders_90d, coalesce(p.spend_90d, 0) AS spend_90d, l.amount AS last_amount,
  CASE WHEN s.month + INTERVAL 1 MONTH <= (SELECT max(ordered_at) FROM orders) THEN f.orders IS NULL END AS churned
FROM source s
LEFT JOIN past p USING (customer, month)
LEFT JOIN following f USING (customer, month)
ASOF LEFT JOIN orders l ON l.customer = s.customer AND l.ordered_at <= s.month
`;

export const shopManifest = {
  sources: [{ path: "data/customers/*.csv" }],
  schema: {
    fields: [
      { name: "customer", type: "string" },
      { name: "month", type: "date", constraints: { required: true } },
      { name: "plan", type: "string" },
    ],
  },
  tables: shopTables,
  prepare: shopPrepare(),
};

export const shopSpec = {
  task: "binary",
  data: "shop",
  target: "churned",
  time: "month",
  features: { exclude: ["customer"] },
  candidates: [{ learner: "gbdt", trees: 8, leaves: 7 }, { learner: "linear" }],
  holdout: { fraction: 0.3, minRows: 50 },
  metrics: { primary: "rocAuc" },
  gates: [{ metric: "rocAuc", min: 0.55 }],
  retrain: { minNewRows: 150, drift: false, cooldownHours: 24, maxPerWeek: 50 },
  seed: 7,
};

const shopOpens = "2025-09-01T00:00:00Z";

/** A scene with the model `churn` over the customers and orders of eight months. */
export async function shopScene(options: ShopOptions = {}): Promise<Scene> {
  const scene = await makeShop(options);
  onTestFinished(() => scene.repository.dispose());
  return scene;
}

/** The same with its first model live. */
export function liveShopScene(): Promise<Scene> {
  const make = async () => {
    const scene = await makeShop({});
    await scene.run();
    await scene.merge("squash");
    return scene;
  };
  return preparedScene("shop, live", make, shopOpens);
}

interface ShopOptions {
  readonly manifest?: object;
  readonly spec?: object;
  readonly files?: Readonly<Record<string, string>>;
}

async function makeShop({
  manifest = {},
  spec = {},
  files = shopFiles({ months: 8, customers: 100, seed: 1 }),
}: ShopOptions): Promise<Scene> {
  const scene = await openScene(await createRepository({ remote: true }), { from: shopOpens });
  await scene.land({
    "models/churn/model.yaml": { ...shopSpec, ...spec },
    "data-manifests/shop.yaml": { ...shopManifest, ...manifest },
    ".gitattributes": "models/*/champion/** -text -merge\ndata/** -text\n",
    ...files,
  });
  return scene;
}

/** Rows of files up to an instant, by the column that says of when. */
export function shopUntil(files: Readonly<Record<string, string>>, instant: number): Record<string, string> {
  const cut = Object.entries(files).map(([name, text]) => {
    const [header, ...rows] = text.trimEnd().split("\n");
    const column = name.includes("/orders/") ? 2 : 1;
    return [name, [header, ...rows.filter((row) => Date.parse(row.split(",")[column]!) <= instant)]] as const;
  });
  const come = cut.filter(([, lines]) => lines.length > 1);
  return Object.fromEntries(come.map(([name, lines]) => [name, `${lines.join("\n")}\n`]));
}

/** The files that docs/tables.md has, by the name in the first line of each. */
export async function exampleFiles(): Promise<Record<string, string>> {
  const page = await readFile(new URL("../../../../../docs/tables.md", import.meta.url), "utf8");
  const files = [...page.matchAll(/```(?:yaml|sql)\n(?:#|--) (\S+)\n(.*?)```/gs)];
  return Object.fromEntries(files.map(([, name, text]) => [name!, text!]));
}

/** A scene with these files, and the data that the page speaks of. */
export async function exampleScene(): Promise<Scene> {
  const scene = await shopScene();
  await scene.git("rm", "--quiet", "-r", "models", "data-manifests");
  await scene.land(await exampleFiles());
  return scene;
}
