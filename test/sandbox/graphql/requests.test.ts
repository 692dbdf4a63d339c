import { expect, test } from "vitest";
import { registerApp } from "../../../src/sandbox/actions/apps.ts";
import { createGraphql } from "../../../src/sandbox/graphql/create-graphql.ts";
import { createLimiter } from "../../../src/sandbox/limits/create-limiter.ts";
import { makeSandbox } from "../../support/graphql-sandbox.ts";

test("nobody, and an app as itself, has to sign in first", async () => {
  const { forge, ada } = await makeSandbox();
  const graphql = createGraphql(forge, createLimiter(forge.clock));
  const { app } = await registerApp(forge, {
    name: "Credits",
    owner: ada,
    webhookUrl: null,
    permissions: {},
    events: [],
  });
  for (const caller of [{ kind: "anonymous" }, { kind: "app", app }] as const) {
    const answer = await graphql({ caller, body: { query: "{ viewer { login } }" } });
    expect(answer).toMatchObject({ status: 401, body: { message: "This endpoint requires you to be authenticated." } });
  }
});

test.each([
  [null, 400, { message: "Body should be a JSON object" }],
  ["{ viewer { login } }", 400, { message: "Body should be a JSON object" }],
  [{}, 200, { errors: [{ message: "A query attribute must be specified and must be a string." }] }],
  [{ query: 1 }, 200, { errors: [{ message: "A query attribute must be specified and must be a string." }] }],
  [{ query: "{ viewer { login } }", variables: "x" }, 400, { message: "Variables should be a JSON object" }],
])("the body %j is refused", async (body, status, expected) => {
  const { forge, ada } = await makeSandbox();
  const answer = await createGraphql(
    forge,
    createLimiter(forge.clock),
  )({ caller: { kind: "user", account: ada }, body });
  expect(answer).toMatchObject({ status, body: expected });
});

test("of several operations the named one runs", async () => {
  const { forge, ada } = await makeSandbox();
  const graphql = createGraphql(forge, createLimiter(forge.clock));
  const query = 'query A { viewer { login } } query B { user(login: "grace") { name } }';
  const caller = { kind: "user", account: ada } as const;
  expect((await graphql({ caller, body: { query, operationName: "B" } })).body).toEqual({
    data: { user: { name: "Grace Sample" } },
  });
  expect((await graphql({ caller, body: { query, operationName: "C" } })).body).toMatchObject({
    errors: [{ message: 'No operation named "C"' }],
  });
  expect((await graphql({ caller, body: { query } })).body).toMatchObject({
    errors: [{ message: "An operation name is required" }],
  });
});

test.each([
  [
    "{ viewer { nonsense } }",
    {
      message: "Field 'nonsense' doesn't exist on type 'User'",
      path: ["query", "viewer", "nonsense"],
      extensions: { code: "undefinedField", typeName: "User", fieldName: "nonsense" },
      locations: [{ line: 1, column: 12 }],
    },
  ],
  [
    "query Q { viewer }",
    {
      message:
        "Field must have selections (field 'viewer' returns User but has no selections. Did you mean 'viewer { ... }'?)",
      path: ["query Q", "viewer"],
      extensions: { code: "selectionMismatch" },
    },
  ],
  [
    "{ viewer { login { x } } }",
    { message: "Selections can't be made on scalars (field 'login' returns String but has selections [x])" },
  ],
  [
    '{ user(name: "ada", login: "ada") { login } }',
    {
      message: "Field 'user' doesn't accept argument 'name'",
      extensions: { code: "argumentNotAccepted", argumentName: "name" },
    },
  ],
  [
    "{ user { login } }",
    {
      message: "Field 'user' is missing required arguments: login",
      extensions: { code: "missingRequiredArguments", name: "user", arguments: "login" },
    },
  ],
  [
    "{ user(login: $login) { login } }",
    {
      message: "Variable $login is used by anonymous query but not declared",
      extensions: { code: "variableNotDefined" },
    },
  ],
  [
    "query Q($a: Int) { viewer { login } }",
    {
      message: "Variable $a is declared by Q but not used",
      extensions: { code: "variableNotUsed", variableName: "a" },
    },
  ],
  ["{ viewer { ...F } }", { message: "Fragment F was used, but not defined", path: ["query", "viewer", "... F"] }],
  [
    "{ node(id: 1) { ... on Nothing { id } } }",
    { message: "No such type Nothing, so it can't be a fragment condition", extensions: { code: "undefinedType" } },
  ],
  ["{ viewer { login }", { message: "Unexpected end of document" }],
  ["{ viewer } }", { message: 'Parse error on "}" (RCURLY) at [1, 12]', locations: [{ line: 1, column: 12 }] }],
])("the query %j is refused in GitHub's words", async (query, error) => {
  const { ask, ada } = await makeSandbox();
  const answer = await ask(ada, query);
  expect(answer).not.toHaveProperty("data");
  expect(answer).toMatchObject({ errors: [error] });
});

test.each([
  [{}, "Variable $owner of type String! was provided invalid value", "Expected value to not be null"],
  [{ owner: null }, "Variable $owner of type String! was provided invalid value", "Expected value to not be null"],
  [{ owner: 7 }, "Variable $owner of type String! was provided invalid value", expect.any(String)],
])("the variables %j are refused", async (variables, message, explanation) => {
  const { ask, ada } = await makeSandbox();
  const query = 'query ($owner: String!) { repository(owner: $owner, name: "tides") { name } }';
  const { errors } = await ask(ada, query, variables);
  expect(errors).toMatchObject([{ message, extensions: { problems: [{ path: [], explanation }] } }]);
});

test("what the sandbox does not have is an error that names it, and never null", async () => {
  const { ask, ada } = await makeSandbox();
  expect(await ask(ada, '{ repository(owner: "acme", name: "tides") { name codeOfConduct { name } } }')).toMatchObject({
    data: { repository: { name: "tides", codeOfConduct: null } },
    errors: [
      {
        type: "NOT_IMPLEMENTED",
        message: "No resolver for Repository.codeOfConduct",
        path: ["repository", "codeOfConduct"],
      },
    ],
  });
  expect(
    await ask(
      ada,
      '{ repository(owner: "acme", name: "tides") { repositoryTopics(first: 1) { nodes { topic { stargazerCount } } } } }',
    ),
  ).not.toHaveProperty("errors");
  expect(await ask(ada, "{ viewer { hovercard { contexts { message } } } }")).toMatchObject({
    errors: [{ message: "No resolver for User.hovercard" }],
  });
  expect(await ask(ada, "{ viewer { repositories(first: 1, isLocked: true) { totalCount } } }")).toMatchObject({
    errors: [{ message: "No support for the argument isLocked of User.repositories" }],
  });
});

test("the schema can be looked into", async () => {
  const { ask, ada } = await makeSandbox();
  const query =
    '{ __schema { queryType { name } } __type(name: "GitActor") { fields { name } } viewer { __typename } }';
  expect(await ask(ada, query)).toMatchObject({
    data: { __schema: { queryType: { name: "Query" } }, viewer: { __typename: "User" } },
  });
});

test("a query that asks for too many nodes is refused, whatever it would find", async () => {
  const { ask, ada } = await makeSandbox();
  const query = `query ($n: Int!) { repository(owner: "acme", name: "tides") { pullRequests(first: $n) { nodes {
    commits(first: 100) { nodes { commit { authors(first: 100) { nodes { name } } } } } } } } }`;
  expect(await ask(ada, query, { n: 100 })).toEqual({
    errors: [
      {
        type: "MAX_NODE_LIMIT_EXCEEDED",
        message: "This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.",
      },
    ],
  });
  expect(await ask(ada, query, { n: 40 })).not.toHaveProperty("errors");
});

const bombs: readonly (readonly [string, string])[] = [
  ["a great many aliases", `{ ${Array.from({ length: 11_000 }, (_, index) => `a${index}: id`).join(" ")} }`],
  ["the same field a great many times", `{ viewer { ${"login ".repeat(29_000)} } }`],
  [
    "the same connection a great many times",
    `{ viewer { ${"repositories(first: 1) { nodes { name } } ".repeat(1500)} } }`,
  ],
  ["deep nesting", `{ ${"relay { ".repeat(300)} id ${"}".repeat(300)} }`],
  ["more words than anybody writes", `{ viewer { login } } ${"# \n a ".repeat(40_000)}`],
  [
    "fragments that double each other",
    `{ viewer { ...F0 } } ${Array.from({ length: 40 }, (_, index) => `fragment F${index} on User { ...F${index + 1} ...F${index + 1} }`).join(" ")} fragment F40 on User { login }`,
  ],
  ["fragments in a circle", "{ viewer { ...A } } fragment A on User { ...B } fragment B on User { ...A }"],
  [
    "a list of lists without pages",
    `{ repository(owner: "acme", name: "tides") { issue(number: 1) { ${"reactionGroups { subject { ... on Issue { ".repeat(19)} id ${"} } }".repeat(19)} } } }`,
  ],
];

test.each(bombs)("%s cannot keep the process busy", async (_name, query) => {
  const { ask, ada, repository } = await makeSandbox();
  await ask(
    ada,
    `mutation { createIssue(input: { repositoryId: "${repository.nodeId}", title: "One" }) { issue { id } } }`,
  );
  const { errors } = await ask(ada, query);
  expect(errors).toBeDefined();
});
