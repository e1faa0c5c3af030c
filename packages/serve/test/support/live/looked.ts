import type { Replica } from "./fleet.ts";

/** Settles once each running server has begun and ended a look that began after this call. */
export async function looked(replicas: readonly Replica[], model: string): Promise<void> {
  await Promise.all(
    replicas.map(async (each) => {
      const looks = async () => {
        const answer = each.address === null ? null : await fetch(`${each.address}/looks`).catch(() => null);
        return answer === null ? null : ((await answer.json()) as Record<string, number>)[model]!;
      };
      const { address } = each;
      const begun = await looks();
      if (begun === null) return;
      // A server that was killed meanwhile looks no more.
      while (each.address === address && ((await looks()) ?? Infinity) < begun + 2)
        await new Promise((settle) => setTimeout(settle, 20));
    }),
  );
}
