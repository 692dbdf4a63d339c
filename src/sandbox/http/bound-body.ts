import { Refusal } from "../refusal.ts";

/**
 * The request with its body read, where no header has told how long it is. Throws GitHub's 413 as soon as it is longer
 * than `most` bytes, whatever is still to come.
 */
export async function boundBody(request: Request, most: number): Promise<Request> {
  if (request.method === "GET" || request.method === "HEAD") return request;
  const told = request.headers.get("content-length");
  if (told !== null && Number(told) > most) throw tooLarge();
  // Node holds a body to the length that was told.
  if (told !== null || request.body === null) return request;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > most) throw tooLarge();
    chunks.push(chunk);
  }
  const { url, method, headers } = request;
  return new Request(url, { method, headers, body: Buffer.concat(chunks) });
}

function tooLarge(): Refusal {
  return new Refusal(413, "Payload too large");
}
