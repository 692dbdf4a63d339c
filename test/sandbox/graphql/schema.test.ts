import { isInterfaceType, isObjectType } from "graphql";
import { expect, test } from "vitest";
import { loadSchema } from "../../../src/sandbox/graphql/load-schema.ts";
import { resolvers } from "../../../src/sandbox/graphql/resolvers/resolvers.ts";
import { makeSandbox } from "../../support/graphql-sandbox.ts";

test("every resolver is of a field that GitHub's schema has", async () => {
  const schema = await loadSchema();
  const strangers = Object.entries(resolvers).flatMap(([name, fields]) => {
    const type = schema.getType(name);
    const known = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    return Object.keys(fields)
      .filter((field) => known[field] === undefined)
      .map((field) => `${name}.${field}`);
  });
  expect(strangers).toEqual([]);
});

test("every plain field that there is can be asked for", async () => {
  const { ask, ada, repository } = await makeSandbox();
  const schema = await loadSchema();
  const plain = (name: string): string => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`there is no type ${name}`);
    const isPlain = (field: string): boolean => {
      const definition = type.getFields()[field];
      const isRequired = definition?.args.some((argument) => String(argument.type).endsWith("!")) ?? true;
      return (
        !isRequired &&
        /^[A-Z]\w*!?$/.test(String(definition?.type)) &&
        isLeaf(String(definition?.type).replace("!", ""))
      );
    };
    return Object.keys(resolvers[name] ?? {})
      .filter(isPlain)
      .join(" ");
  };
  const isLeaf = (name: string): boolean =>
    !("getFields" in (schema.getType(name) ?? {})) && !("getTypes" in (schema.getType(name) ?? {}));
  await ask(
    ada,
    `mutation { createIssue(input: { repositoryId: "${repository.nodeId}", title: "One" }) { issue { id } } }`,
  );
  const { errors } = await ask(
    ada,
    `{ viewer { ${plain("User")} } organization(login: "acme") { ${plain("Organization")} } rateLimit { ${plain("RateLimit")} }
      repository(owner: "acme", name: "tides") { ${plain("Repository")}
        labels(first: 3) { nodes { ${plain("Label")} } } issue(number: 1) { ${plain("Issue")} }
        defaultBranchRef { ${plain("Ref")} target { ... on Commit { ${plain("Commit")} tree { ${plain("Tree")} entries { ${plain("TreeEntry")} object { ... on Blob { ${plain("Blob")} } } } } author { ${plain("GitActor")} } } } } }
      resource(url: "http://127.0.0.1:4000/acme/tides/issues/1") { resourcePath } repositoryOwner(login: "acme") { id login } relay { id } }`,
  );
  expect(errors).toBeUndefined();
});
