import { describeMachine } from "./describe-machine.ts";
import { measureComments } from "./measure-comments.ts";
import { percentile } from "./percentile.ts";

const sizes = [10_000, 1_000_000];
const pullRequests = 60;

/** What one pull request costs, from its delivery to its comment, in a small ledger and in one a hundred times as large. */
export async function benchEvent(): Promise<void> {
  process.stdout.write(describeMachine());
  const medians: number[] = [];
  for (const credits of sizes) {
    const delays = await measureComments({ pullRequests, latency: 0, credits });
    medians.push(percentile(delays, 50));
    const [median, most] = [50, 95].map((hundredths) => percentile(delays, hundredths).toFixed(0));
    process.stdout.write(`beside ${credits} credits: median ${median} ms, 95th percentile ${most} ms\n`);
  }
  const [small = 0, large = 0] = medians;
  process.stdout.write(`the large one against the small one: ${(large / small).toFixed(2)} x\n${describeMachine()}`);
}
