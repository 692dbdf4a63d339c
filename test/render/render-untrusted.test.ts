import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { type CheckedTemplate, checkTemplate } from "../../src/domain/template/check-template.ts";
import { createUntrustedRenderer } from "../../src/render/render-untrusted.ts";

const shared = createUntrustedRenderer({ timeout: 30_000 });
afterAll(shared.close);

function checked(text: string): CheckedTemplate {
  const check = checkTemplate(text, ["comments/credit-warning"]);
  if (!check.ok) throw new Error(JSON.stringify(check.errors));
  return check.template;
}

function makeRenderer(limits: Parameters<typeof createUntrustedRenderer>[0]) {
  const renderer = createUntrustedRenderer(limits);
  onTestFinished(renderer.close);
  return renderer;
}

const context = {
  name: "@ada *[x](https://example.com)* &commat;grace",
  who: { name: "@grace", url: null },
  url: "https://example.com/acme/tides/pull/1#discussion_r1",
  count: 1200,
  yes: true,
  nothing: null,
  rows: Array.from({ length: 100 }, (_, index) => ({ index, name: "<b>" })),
};

/** A template that goes through all rows, for each of them through all rows, and so on. */
function nested(depth: number, inner: string): CheckedTemplate {
  return checked(`${"{{#each @root.rows}}".repeat(depth)}${inner}${"{{/each}}".repeat(depth)}`);
}

function render(text: string): Promise<string> {
  return shared.render({ template: checked(text), context });
}

describe("what stands in the text", () => {
  const name = "@\u2060ada \\*\\[x\\](https\u2060://example.com)\\* \\&\u2060commat;grace";
  test.each([
    ["a plain value is escaped", "{{name}}", name],
    ["a value by a path is escaped", "{{who.name}}", "@\u2060grace"],
    ["so is the thing itself", "{{#with name}}{{this}}{{/with}}", name],
    ["so is one that has a name", "{{#with name as |it|}}{{it}}{{/with}}", name],
    ["so is one of the whole", "{{#with who}}{{@root.name}}{{/with}}", name],
    ["so is one that a helper chooses", '{{plural count name name}} {{plural 1 "*one*" name}}', `${name} *one*`],
    ["so is one deep in a choice", '{{plural 1 (plural 2 "a" name) "b"}}', name],
    ["what a helper has made safe is not escaped again", "{{md who.name}} {{person who}}", "@\u2060grace @\u2060grace"],
    ["numbers and truths are texts", "{{count}} {{yes}} {{is count 1200}} {{number count}}", "1200 true true 1,200"],
    ["nothing is nothing", "[{{nothing}}]", "[]"],
    ["the template's own words stay", "*@ada* <b>{{#quote}}a\n{{/quote}}", "*@ada* <b>> a\n"],
    ["an address leads somewhere", "[x]({{address url}})", `[x](${context.url})`],
    ["another text is no address", "[x]({{address name}})", "[x]()"],
    ["the value of a name that is not there decides nothing", "{{#if a.b}}a{{else}}b{{/if}}", "b"],
    ["lists have places", "{{#each rows as |row|}}{{#if @first}}{{row.name}}{{@index}}{{/if}}{{/each}}", "\\<b\\>0"],
  ])("%s", async (_, text, expected) => {
    expect(await render(text)).toBe(expected);
  });

  test("what is included is escaped as well", async () => {
    const partials = { "comments/credit-warning": checked("{{name}}") };
    const template = checked("{{> comments/credit-warning who}}");
    expect(await shared.render({ template, partials, context })).toBe("@\u2060grace");
  });
});

describe("whoever wrote it is told", () => {
  test.each([
    ["a name that is not there", "a\n{{nme}}", 2, "is its name right?"],
    ["a path that is not there", "a\n\n{{who.nme.first}}", 3, "is its name right?"],
    ["what every object has", "{{toString}}", 1, "is its name right?"],
    ["what every text has", "{{name.toUpperCase}}", 1, "is its name right?"],
    ["a group of values", "{{who}}", 1, "name one of them"],
    ["a helper that is given something else", "a\n{{fence name}}", 2, "The helper fence cannot show the value"],
    ["one that is given nothing", "{{person nothing}}", 1, "The helper person cannot show the value"],
  ])("of %s, with the line", async (_, text, line, message) => {
    const failure = { name: "TemplateFailed", line, message: expect.stringContaining(message) };
    await expect(render(text)).rejects.toMatchObject(failure);
  });

  test("of a text that is too long", async () => {
    const template = checked("{{#each rows}}{{index}}, {{/each}}");
    const failure = { name: "TemplateFailed", message: "It makes a text of more than 100 characters." };
    await expect(shared.render({ template, context, longest: 100 })).rejects.toMatchObject(failure);
  });

  test("of one that is so long that looking at it would take all memory", async () => {
    const long = "x".repeat(60_000);
    const failure = { name: "TemplateFailed", message: "It makes a text of more than 1000000 characters." };
    const template = checked(`{{#quote}}{{#each rows}}{{#each @root.rows}}${long}{{/each}}{{/each}}{{/quote}}`);
    await expect(shared.render({ template, context })).rejects.toMatchObject(failure);
    await expect(shared.render({ template: nested(3, long), context })).rejects.toMatchObject(failure);
  });
});

test("one that takes long is ended, and the next is rendered", async () => {
  const { render: renderSoon } = makeRenderer({ timeout: 300 });
  const failure = { name: "TemplateFailed", line: null, message: "It takes longer than 300 milliseconds." };
  await expect(renderSoon({ template: nested(8, "{{index}}"), context })).rejects.toMatchObject(failure);
  expect(await renderSoon({ template: checked("fine"), context })).toBe("fine");
});

test("one that takes much memory is ended, and the next is rendered", async () => {
  const renderer = makeRenderer({ timeout: 60_000, memory: 32 });
  const failure = { name: "TemplateFailed", line: null, message: "It takes more than 32 megabytes of memory." };
  await expect(renderer.render({ template: nested(6, "{{index}},"), context })).rejects.toMatchObject(failure);
  expect(await renderer.render({ template: checked("fine"), context })).toBe("fine");
});

test("several at once are all rendered, the failing ones apart", async () => {
  const results = await Promise.allSettled(["{{count}}", "{{nme}}", "{{yes}}"].map(render));
  expect(results).toMatchObject([
    { status: "fulfilled", value: "1200" },
    { status: "rejected", reason: { name: "TemplateFailed" } },
    { status: "fulfilled", value: "true" },
  ]);
});

test("what runs is ended with the renderer, after which nothing is rendered", async () => {
  const renderer = createUntrustedRenderer({ timeout: 60_000 });
  const running = renderer.render({ template: nested(8, "x"), context });
  const [ended] = await Promise.allSettled([running, renderer.close()]);
  expect(ended).toMatchObject({ status: "rejected", reason: { message: "the renderer is closed" } });
  await expect(renderer.render({ template: checked("a"), context })).rejects.toThrow("the renderer is closed");
});
