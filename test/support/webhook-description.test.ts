import { beforeAll, expect, test } from "vitest";
import { loadWebhookDescription, type WebhookDescription } from "./webhook-description.ts";

let webhooks: WebhookDescription;

beforeAll(async () => {
  webhooks = await loadWebhookDescription();
});

test.each([
  ["an event that GitHub does not send", "pull_requests", "opened", "no event pull_requests with action opened."],
  ["an action that the event has not", "pull_request", "merged", "no event pull_request with action merged."],
  ["an action where there are none", "push", "created", "no event push with action created."],
  ["no action where there has to be one", "pull_request", null, "no event pull_request without an action."],
])("%s is a problem", (_, event, action, problem) => {
  expect(webhooks.check(event, action, {})).toEqual([`GitHub describes ${problem}`]);
});

test.each([
  ["is right", { zen: "Design for failure." }, []],
  ["lacks what it has to have", { hook_id: 1, zen: 1 }, ["/zen must be string."]],
  ["has what GitHub does not send", { zen: "Design for failure.", mood: "calm" }, ["/mood is not described."]],
])("a payload that %s", (_, payload, problems) => {
  expect(webhooks.check("ping", null, payload)).toEqual(problems);
});

test("an event with dashes in its description is found by its name with underscores", () => {
  const problems = webhooks.check("pull_request_review_comment", "created", {});
  expect(problems).toContain("The body must have required property 'comment'.");
});
