import { bodyChecker, jsonSchema } from "../../src/sandbox/rest/check-answer.ts";
import { schemaCompiler } from "../../src/sandbox/rest/compile-schema.ts";
import { loadDescription } from "../../src/sandbox/rest/load-description.ts";

/** GitHub's own description of its webhooks, as a judge of payloads. */
export interface WebhookDescription {
  /** Problems of a payload, one sentence each; an event or an action that GitHub does not send is one. */
  check(event: string, action: string | null, payload: unknown): string[];
}

/** What GitHub describes in most payloads, sends in all, and has forgotten to describe in some. */
const forgotten =
  /\/(user_view_type|installation|has_discussions|web_commit_signoff_required|performed_via_github_app\/client_id) is not described\.$/;
/** An app is described here with the events and permissions of some years ago. */
const newerEvent = /\/performed_via_github_app\/events\/\d+ must be equal to one of the allowed values\.$/;
const newerPermission =
  /\/performed_via_github_app\/permissions\/(merge_queues|repository_custom_properties) is not described\.$/;
const gaps = [forgotten, newerEvent, newerPermission];

export async function loadWebhookDescription(): Promise<WebhookDescription> {
  const description = await loadDescription("@octokit/openapi-webhooks");
  const compile = schemaCompiler(description);
  const posts = Object.values(description.webhooks ?? {}).map(({ post }) => post);
  const byId = new Map(posts.map((post) => [post.operationId, post]));
  const checks = new Map<string, (payload: unknown) => string[]>();

  function checkOf(id: string): ((payload: unknown) => string[]) | null {
    const schema = jsonSchema(byId.get(id)?.requestBody?.content ?? {});
    const check = checks.get(id) ?? (schema === null ? null : bodyChecker(description, [schema], compile));
    if (check !== null) checks.set(id, check);
    return check;
  }

  return {
    check(event, action, payload) {
      // GitHub names them with dashes: pull_request_review, submitted is pull-request-review/submitted.
      const id = [event, ...(action === null ? [] : [action])].join("/").replaceAll("_", "-");
      const check = checkOf(id);
      if (check !== null) return check(payload).filter((problem) => !gaps.some((gap) => gap.test(problem)));
      return [`GitHub describes no event ${event} ${action === null ? "without an action" : `with action ${action}`}.`];
    },
  };
}
