import { expect, test } from "vitest";
import { explainGitHubError } from "../../src/cli/explain-github-error.ts";
import { UserError } from "../../src/domain/errors.ts";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { MissingPermission, NotThere, QueryFailed } from "../../src/github/errors.ts";

const asked = { repository: "acme/tides", apiUrl: "https://api.example.com" };

function answered(status: number, message: string, isHeard = true): Error {
  return Object.assign(new Error(message), { status, ...(isHeard ? { response: {} } : {}) });
}

test.each<[string, Error, RegExp]>([
  ["a limit", new PostponeUntil(new Date("2026-11-21T16:45:10Z"), "Limit"), /listens again on 2026-11-21 at 16:45 UTC/],
  ["what is not there", new NotThere("Not Found"), /^acme\/tides is not at https:\/\/api\.example\.com, or this token/],
  ["a permission", new MissingPermission(["issues: read"]), /give it issues: read to read$/],
  ["a permission without a name", new MissingPermission([]), /give it contents, issues and pull requests to read$/],
  ["a query", new QueryFailed("GitHub could not answer: Oh\nno"), /^GitHub could not answer: Oh no; ask once more$/],
  ["a token that is none", answered(401, "Bad credentials"), /\(401\); make a new one/],
  ["what a token may not do", answered(403, "Resource protected by SSO"), /\(403\): Resource protected by SSO$/],
  ["a failure of GitHub's", answered(502, "Bad\u001B[31m Gateway"), /^GitHub answered 502: Bad \[31m Gateway;/],
  ["no network", answered(500, "getaddrinfo ENOTFOUND", false), /cannot be reached: getaddrinfo ENOTFOUND; look at/],
])("%s is one clear line", (_, error, line) => {
  const explained = explainGitHubError(error, asked);
  expect(explained).toBeInstanceOf(UserError);
  expect((explained as UserError).message).toMatch(line);
  expect((explained as UserError).message).not.toMatch(/\p{Cc}/u);
});

test.each([new UserError("mine"), new TypeError("a bug"), "a text"])("%s stays what it is", (error) => {
  expect(explainGitHubError(error, asked)).toBe(error);
});
