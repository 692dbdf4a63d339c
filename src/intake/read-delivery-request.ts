import { z } from "zod";
import type { Delivery } from "../store/deliveries.ts";
import { isSigned } from "./is-signed.ts";

/** What a request is not, in one line for whoever sent it. */
export interface Refusal {
  readonly status: 400 | 401 | 415;
  readonly message: string;
}

/** The little that the door needs to know of a payload. */
const envelope = z.object({
  action: z.string().max(100).optional(),
  installation: z.object({ id: z.int().positive() }).nullish(),
});

/** Says what is wrong with a request's headers, before any of its body is read; null where nothing is. */
export function refuseHeaders(headers: Headers): Refusal | null {
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    return { status: 415, message: "Set the webhook's content type to application/json." };
  }
  for (const [name, form] of requiredHeaders) {
    const value = headers.get(name);
    if (value === null) return { status: 400, message: `The header ${name} is missing.` };
    if (!form.test(value)) return { status: 400, message: `The header ${name} is not of the form that GitHub sends.` };
  }
  if (headers.get("x-hub-signature-256") === null) {
    return { status: 401, message: "The header X-Hub-Signature-256 is missing: the webhook needs the app's secret." };
  }
  return null;
}

const requiredHeaders: readonly (readonly [string, RegExp])[] = [
  ["X-GitHub-Delivery", /^[0-9A-Za-z-]{1,100}$/],
  // As `projects_v2_item`.
  ["X-GitHub-Event", /^[a-z\d_]{1,100}$/],
];

/** Makes a delivery of a request whose headers are in order, or says what is wrong with its body. */
export function readDeliveryRequest(
  headers: Headers,
  body: Uint8Array,
  secrets: readonly string[],
): Delivery | Refusal {
  if (!isSigned(body, headers.get("x-hub-signature-256") ?? "", secrets)) {
    return { status: 401, message: "The signature is not one of this app's secret." };
  }
  const payload = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  const parsed = envelope.safeParse(parseJson(payload));
  if (!parsed.success) return { status: 400, message: "The body is not the JSON of an event." };
  const { action, installation } = parsed.data;
  return {
    id: (headers.get("x-github-delivery") ?? "").toLowerCase(),
    event: headers.get("x-github-event") ?? "",
    action: action ?? null,
    installationId: installation?.id ?? null,
    payload,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told as what it means, by whoever looks at the answer's form.
    return null;
  }
}
