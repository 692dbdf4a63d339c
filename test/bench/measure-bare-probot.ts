import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createNodeMiddleware, Probot } from "probot";
import { secret, signedRequest } from "../support/deliver.ts";

const total = 2000;

/** How many deliveries a second Probot by itself answers, with a handler that does nothing, by how many send at once. */
export async function measureBareProbot(atOnce: number, text: string): Promise<number> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const probot = new Probot({ appId: 1, privateKey: key, secret, logLevel: "fatal" });
  const webhooksPath = "/api/github/webhooks";
  const middleware = await createNodeMiddleware((app) => app.on("push", () => {}), { probot, webhooksPath });
  const server = createServer((request, response) => void middleware(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${webhooksPath}`;
  let sent = 0;
  const begun = performance.now();
  const senders = Array.from({ length: atOnce }, async () => {
    while (sent < total) {
      sent += 1;
      const response = await fetch(url, signedRequest(`bare-${sent}`, { installation: { id: 1 + (sent % 7) }, text }));
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`Probot answered ${response.status}`);
    }
  });
  await Promise.all(senders);
  const rate = (total / (performance.now() - begun)) * 1000;
  server.closeAllConnections();
  server.close();
  return rate;
}
