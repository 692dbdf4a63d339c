import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-database.ts";
import { signedRequest } from "../support/deliver.ts";
import { startTestJobs } from "../support/jobs.ts";

test("what was answered 202 is worked on by the next process when this one is killed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "killed-"));
  const taken: string[] = [];
  for (let life = 0; life < 2; life += 1) {
    const program = join(import.meta.dirname, "../support/intake-process.ts");
    const child: ChildProcess = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] });
    const [port] = await once(child.stdout ?? child, "data");
    const ids = Array.from({ length: 30 }, (_, index) => `${life}-${index}`);
    const answers = ids.map(async (id) => {
      const response = await fetch(`http://127.0.0.1:${Number(port)}/api/github/webhooks`, signedRequest(id, {}));
      if (response.status === 202) taken.push(id);
    });
    await Promise.all(answers);
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  expect(taken).toHaveLength(60);
  const database = await openDatabase({ url: null, folder });
  const seen: string[] = [];
  const jobs = await startTestJobs(database, {
    handlers: { deliveries: async ({ data }) => void seen.push(data.deliveryId) },
  });
  await jobs.idle();
  await jobs.stop(1000);
  await database.close();
  await rm(folder, { recursive: true });
  expect(seen.toSorted()).toEqual(taken.toSorted());
});
