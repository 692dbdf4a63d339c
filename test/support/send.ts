import { type IncomingHttpHeaders, request } from "node:http";

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON, of whatever shape the test expects; null where it is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what it has asked for
  readonly json: any;
}

export interface Sending {
  readonly method?: string;
  /** As it goes over the wire: nothing is encoded or tidied. */
  readonly path: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON; of a list each part is a chunk, and no length is told. */
  readonly body?: string | object | readonly Buffer[];
}

/** Sends a request as it is, however odd, to a server of this machine. */
export async function send(web: string, { method = "GET", path, token, headers, body }: Sending): Promise<Answered> {
  const isChunked = Array.isArray(body);
  const text = body === undefined || isChunked ? null : typeof body === "string" ? body : JSON.stringify(body);
  const outgoing = request({
    host: "127.0.0.1",
    port: new URL(web).port,
    method,
    path,
    agent: false,
    headers: {
      ...(token === undefined ? {} : { authorization: `token ${token}` }),
      ...(text === null ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
      ...headers,
    },
  });
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    outgoing.on("response", (response) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      const finish = (): void => {
        const answer = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: answer, json: readJson(answer) });
      };
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("close", finish);
      response.on("error", finish);
    });
    // Whoever has been answered may be cut off in the middle of sending.
    outgoing.on("error", (error) => isAnswered || reject(error));
    if (isChunked) for (const chunk of body as readonly Buffer[]) outgoing.write(chunk);
    outgoing.end(text ?? undefined);
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
