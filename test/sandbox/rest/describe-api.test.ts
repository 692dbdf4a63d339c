import { beforeAll, describe, expect, test } from "vitest";
import { type ApiDescription, loadApiDescription, type ReadRequest } from "../../../src/sandbox/rest/describe-api.ts";
import { invalidRequest } from "../../../src/sandbox/rest/invalid-request.ts";

const repository = { owner: "example-org", repo: "playbooks" };
let api: ApiDescription;

beforeAll(async () => {
  api = await loadApiDescription();
});

function read(id: string, given: { path?: Record<string, string>; query?: string; body?: unknown }): ReadRequest {
  const query = new URLSearchParams(given.query);
  return api.operation(id).readRequest({ path: { ...repository, ...given.path }, query, body: given.body });
}

function parametersOf(id: string, query: string, path: Record<string, string> = {}): Record<string, unknown> {
  const request = read(id, { query, path });
  if (!request.ok) throw new Error(request.errors.map(({ message }) => message).join(" "));
  return request.parameters;
}

/** The message of the refusal, without the line that all of them begin with. */
function refusalOf(id: string, given: { path?: Record<string, string>; query?: string; body?: unknown }): string[] {
  const request = read(id, given);
  if (request.ok) return [];
  return invalidRequest("https://docs.github.com/rest", request.errors).message.split("\n").slice(2);
}

describe("operations", () => {
  test("are known by GitHub's ids, with method, path and where they are documented", () => {
    expect(api.operation("repos/get-content")).toMatchObject({
      id: "repos/get-content",
      method: "GET",
      path: "/repos/{owner}/{repo}/contents/{path}",
      documentationUrl: "https://docs.github.com/rest/repos/contents#get-repository-content",
    });
  });

  test("that GitHub does not have are an error that names the near miss", () => {
    expect(() => api.operation("pulls/creates")).toThrow(
      "GitHub describes no operation pulls/creates; is pulls/create",
    );
  });

  test("have paths that begin with segments one can ask for", () => {
    expect([...api.firstSegments]).toEqual(expect.arrayContaining(["repos", "orgs", "user", "rate_limit"]));
    expect(api.firstSegments.has("")).toBe(false);
  });
});

describe("a request's parameters", () => {
  test.each([
    ["are filled in where they have a default", "", { sort: "created", state: "open", page: 1, per_page: 30 }],
    ["are read as numbers", "page=3&per_page=50", { page: 3, per_page: 50 }],
    ["cap what a page holds", "per_page=500", { per_page: 100 }],
    ["never refuse a page", "page=first&per_page=many", { page: 1, per_page: 30 }],
    ["take a page below the first for the first", "page=-2&per_page=0", { page: 1, per_page: 30 }],
    ["count where they stand last", "state=open&state=all", { state: "all" }],
  ])("%s", (_, query, expected) => {
    expect(parametersOf("pulls/list", query)).toMatchObject(expected);
  });

  test("of the path are read as what they stand for", () => {
    expect(parametersOf("pulls/get", "", { pull_number: "7" })).toEqual({ ...repository, pull_number: 7 });
  });

  test("of the path that cannot be what they stand for are not found", () => {
    const errors = [{ field: "pull_number", code: "not_found" }];
    expect(read("pulls/get", { path: { pull_number: "seven" } })).toMatchObject({ ok: false, errors });
  });

  test.each([
    ["with commas", "owner=ada,grace"],
    ["repeated", "owner=ada&owner=grace"],
    ["with brackets", "owner[]=ada&owner[]=grace"],
  ])("hold several values %s", (_, query) => {
    const parameters = parametersOf("orgs/list-pat-grants", query, { org: "example-org" });
    expect(parameters["owner"]).toEqual(["ada", "grace"]);
  });

  test("are read as yes or no, and dates as they come", () => {
    const parameters = parametersOf(
      "activity/list-repo-notifications-for-authenticated-user",
      "all=true&since=2024-05-01",
    );
    expect(parameters).toMatchObject({ all: true, participating: false, since: "2024-05-01" });
  });

  test("that are none of the values to choose from are refused", () => {
    expect(refusalOf("pulls/list", { query: "state=merged" })).toEqual([
      'merged is not a member of ["open", "closed", "all"].',
    ]);
  });

  test("that the description does not know are named and ignored", () => {
    expect(read("pulls/list", { query: "pages=2" })).toMatchObject({ ok: true, unknown: ['query "pages"'] });
  });
});

describe("a request's body", () => {
  const change = { head: "topic", base: "main" };
  test.each([
    [
      "a title that is a number",
      "pulls/create",
      { ...change, title: 123 },
      ["For 'properties/title', 123 is not a string."],
    ],
    ["nothing of what is required", "pulls/create", {}, ['"head", "base" weren\'t supplied.']],
    ["all but one", "pulls/create", { head: "topic" }, ['"base" wasn\'t supplied.']],
    ["no body", "pulls/create", undefined, ["For 'links/0/schema', nil is not an object."]],
    ["a list for a body", "pulls/create", [], ["For 'links/0/schema', [] is not an object."]],
    [
      "null where text has to be",
      "pulls/create",
      { ...change, body: null },
      ["For 'properties/body', nil is not a string."],
    ],
    [
      "a text for a number",
      "pulls/create",
      { ...change, issue: "1" },
      [`For 'properties/issue', "1" is not an integer.`],
    ],
    ["an item of a wrong type", "pulls/request-reviewers", { reviewers: [1] }, ["For 'items', 1 is not a string."]],
    [
      "none of the alternatives",
      "issues/create",
      { title: {} },
      [
        'No subschema in "oneOf" matched.',
        "For 'oneOf/0', {} is not a string.",
        "For 'oneOf/1', {} is not an integer.",
      ],
    ],
    [
      "a value that is none to choose from",
      "reactions/create-for-issue",
      { content: "shrug" },
      ['shrug is not a member of ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"].'],
    ],
  ])("with %s is refused as GitHub words it", (_, id, body, expected) => {
    const path = { issue_number: "1", pull_number: "1" };
    expect(refusalOf(id, { path, body })).toEqual(expected);
  });

  test("is refused with GitHub's status and documentation", () => {
    const request = read("pulls/create", { body: change.head });
    const documentation = api.operation("pulls/create").documentationUrl;
    expect(invalidRequest(documentation, request.ok ? [] : request.errors)).toEqual({
      message: `Invalid request.\n\nFor 'links/0/schema', "topic" is not an object.`,
      documentation_url: "https://docs.github.com/rest/pulls/pulls#create-a-pull-request",
      status: "422",
    });
  });

  test("has errors that name nested fields", () => {
    const body = { name: "credit", head_sha: "0123", output: { title: "Credit" } };
    expect(read("checks/create", { body })).toMatchObject({
      ok: false,
      errors: [{ resource: null, field: "output.summary", code: "missing_field" }],
    });
  });

  test("with properties that the description does not know is taken, and they are named", () => {
    const output = { title: "Credit", summary: "Nothing lost", titel: "Credit" };
    const body = { name: "credit", head_sha: "0123", outputs: {}, output };
    const request = read("checks/create", { body });
    expect(request).toMatchObject({ ok: true, body, unknown: ['body "outputs"', 'body "output.titel"'] });
  });

  test("with properties that the description shuts out is refused", () => {
    expect(
      refusalOf("repos/create-or-update-environment", { path: { environment_name: "live" }, body: { waits: 1 } }),
    ).toEqual(['"waits" is not a permitted key.']);
  });

  test("may be missing where nothing of it is required", () => {
    expect(read("issues/update", { path: { issue_number: "1" } })).toMatchObject({ ok: true, body: undefined });
  });
});

describe("an answer", () => {
  const refusal = { message: "Not Found", documentation_url: "https://docs.github.com/rest", status: "404" };
  const tag = {
    ref: "refs/heads/main",
    node_id: "MDM6UmVm",
    url: "https://api.example.com/repos/example-org/playbooks/git/refs/heads/main",
    object: { type: "commit", sha: "a".repeat(40), url: "https://api.example.com/commits/main" },
  };
  test.each([
    ["as it is described", "git/get-ref", 200, tag, []],
    ["with an invented property", "git/get-ref", 200, { ...tag, name: "main" }, ["/name is not described."]],
    [
      "with an invented property further down",
      "git/get-ref",
      200,
      { ...tag, object: { ...tag.object, size: 1 } },
      ["/object/size is not described."],
    ],
    [
      "with a missing and a mistyped property",
      "git/get-ref",
      200,
      { ...tag, node_id: undefined, object: { ...tag.object, type: 1 } },
      ["The body must have required property 'node_id'.", "/object/type must be string."],
    ],
    ["with a text that is no address", "git/get-ref", 200, { ...tag, url: "main" }, ['/url must match format "uri".']],
    ["that says why not", "git/get-ref", 404, refusal, []],
    ["that says why not, in other words", "git/get-ref", 404, { error: "no" }, ["/error is not described."]],
    [
      "that fails everywhere but says nothing",
      "git/get-ref",
      403,
      {},
      ["The body must have required property 'message'."],
    ],
    ["that our own mistake made", "git/get-ref", 502, { message: "Server Error" }, []],
    [
      "with a status that the operation has not",
      "git/get-ref",
      201,
      tag,
      ["git/get-ref never answers with status 201."],
    ],
    ["without a body, as is right", "git/delete-ref", 204, undefined, []],
    ["with a body where none is", "git/delete-ref", 204, {}, ["An answer with status 204 has no body here."]],
    ["that is a map of names", "repos/list-languages", 200, { TypeScript: 1000 }, []],
    [
      "that is a map of something else",
      "repos/list-languages",
      200,
      { TypeScript: "much" },
      ["/TypeScript must be integer."],
    ],
  ])("%s", (_, id, status, body, problems) => {
    expect(api.operation(id).checkAnswer(status, body)).toEqual(problems);
  });

  test("may hold null where the description has it beside a reference", () => {
    const problems = api.operation("issues/get").checkAnswer(200, { assignee: null, milestone: null, closed_by: null });
    expect(problems.filter((problem) => /\/(assignee|milestone|closed_by) /.test(problem))).toEqual([]);
  });

  test("of a list of installations is judged by what an installation is elsewhere", () => {
    const account = { login: "example-org", invented: true };
    const problems = api.operation("apps/list-installations").checkAnswer(200, [{ account }]);
    expect(problems).toContain("/0/account/invented is not described.");
    expect(problems).not.toContain("The body must be array.");
  });

  test("may hold null for the head of a pull request whose fork is gone", () => {
    const head = { label: null, ref: "topic", sha: "a".repeat(40), user: null, repo: null };
    for (const [id, body] of [["pulls/get", { head }] as const, ["pulls/list", [{ head }]] as const]) {
      const problems = api.operation(id).checkAnswer(200, body);
      expect(problems.filter((problem) => problem.includes("/head"))).toEqual([]);
    }
  });
});
