import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { UserError } from "../domain/errors.ts";

export interface HttpServer {
  readonly port: number;
  /** From then on requests are answered; before, they wait. */
  readonly answerBy: (app: Hono) => void;
  /** Takes no more requests, and waits for those that are under way. */
  readonly close: () => Promise<void>;
}

/**
 * Listens before there is anything to answer with, because others need to know the port first; on all of the machine's
 * addresses where none is given.
 */
export async function openServer(port: number, hostname?: string): Promise<HttpServer> {
  const ready = Promise.withResolvers<Hono>();
  const server = createServer((incoming, outgoing) => {
    void ready.promise.then((app) => getRequestListener(app.fetch)(incoming, outgoing));
  });
  await listen(server, { port, host: hostname });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    port: address.port,
    answerBy: ready.resolve,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), 5000);
      await closed;
      clearTimeout(cut);
    },
  };
}

function listen(server: Server, { port, host }: { port: number; host: string | undefined }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE";
      const reason = taken ? `port ${port} is taken` : `port ${port} cannot be listened on (${cause.code})`;
      reject(new UserError(`${reason}; give another PORT, or 0 for any`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
