import { describeMachine } from "./describe-machine.ts";
import { measureComments } from "./measure-comments.ts";
import { percentile } from "./percentile.ts";

const latency = 50;
const pullRequests = 30;

/** How long after a pull request was opened its comment is there, against the sandbox with latency in each request. */
export async function benchComment(): Promise<void> {
  process.stdout.write(describeMachine());
  const delays = await measureComments({ pullRequests, latency, credits: 0 });
  const [fastest, median, slowest] = [0, 50, 100].map((hundredths) => percentile(delays, hundredths).toFixed(0));
  process.stdout.write(
    `from delivery to comment, ${pullRequests} pull requests, ${latency} ms in each request: ` +
      `median ${median} ms, slowest ${slowest} ms, fastest ${fastest} ms\n`,
  );
}
