import { randomUUID } from "node:crypto";
import { toEvent } from "../../../src/github/to-event.ts";
import { readDeliveryRequest, refuseHeaders } from "../../../src/intake/read-delivery-request.ts";
import { secret, signedRequest } from "../../support/deliver.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const repository = '"repository":{"id":1,"name":"tides","owner":{"login":"acme"},"default_branch":"main"}';

/**
 * Requests at the door for webhooks. The first lines are the content type, the event, the delivery's id and the signature;
 * one that is empty is as GitHub sends it. The others are the body.
 */
export const deliveries: FuzzTarget = {
  name: "deliveries",
  pieces: [
    "\n",
    "\n\n\n\n",
    "application/json",
    "application/x-www-form-urlencoded",
    "push",
    "release",
    "issue_comment",
    "pull_request",
    "merge_group",
    "sha256=",
    "0".repeat(64),
    "{",
    "}",
    "[",
    "]",
    ",",
    "null",
    "1e999",
    "-1",
    '"installation":{"id":1}',
    '"action":"created"',
    '"action":"published"',
    repository,
    '"issue":{"number":1}',
    '"comment":{"id":1,"node_id":"c","body":"/credit @ada for testing"}',
    '"release":{"id":1,"tag_name":"v1"}',
    '"ref":"refs/tags/',
    '"ref":"refs/heads/main"',
    '"merge_group":{"head_sha":"a","head_ref":"gh-readonly-queue/main/pr-5-ab"}',
    `{"installation":{"id":1},${repository},`,
    "\\u0000",
    '"',
  ],
  longest: 1_000_000,
  read: (text) => {
    const [type = "", event = "", id = "", signature = "", ...rest] = text.split("\n");
    const body = rest.join("\n");
    const request = signedRequest(headerOf(id) || randomUUID(), null, { event: headerOf(event) || "push", body });
    const headers = new Headers(request.headers);
    if (type !== "") headers.set("content-type", headerOf(type));
    if (signature !== "") headers.set("x-hub-signature-256", headerOf(signature));
    const refused = refuseHeaders(headers) ?? readDeliveryRequest(headers, Buffer.from(request.body), [secret]);
    if ("status" in refused) {
      if (/[\r\n]/.test(refused.message)) throw new Error(`a refusal has several lines: ${refused.message}`);
      return;
    }
    toEvent(refused.event, JSON.parse(refused.payload));
  },
};

/** What HTTP lets through. */
function headerOf(text: string): string {
  return text.replace(/[^\x20-\x7E]/g, "").slice(0, 8000);
}
