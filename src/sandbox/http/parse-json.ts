import { Refusal } from "../refusal.ts";

/** Ruby's limit, which GitHub keeps. What is deeper would break whoever walks through it. */
const deepest = 100;

/** Reads a body as JSON. Throws GitHub's 400 where it is none, or too deep. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable();
  }
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) throw unreadable();
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return value;
}

/** The text of a body. Whoever goes away in the middle of it has sent no JSON either. */
export async function readText(request: Request): Promise<string> {
  return request.text().catch(() => {
    throw unreadable();
  });
}

function unreadable(): Refusal {
  return new Refusal(400, "Problems parsing JSON");
}
