import { createHash } from "node:crypto";
import type { Need } from "../identity/access.ts";
import type { Answer, Page } from "./operation.ts";

/** Makes an answer a response, with GitHub's headers; 304 where the caller has seen the same before. */
export function writeAnswer(
  answer: Answer,
  request: Request,
  { api, permissions }: { readonly api: string; readonly permissions: Need["permissions"] },
): Response {
  const headers = new Headers(answer.headers);
  headers.set("x-github-media-type", "github.v3; format=json");
  headers.set("x-github-api-version-selected", "2022-11-28");
  if (permissions.length > 0) {
    headers.set("x-accepted-github-permissions", permissions.map(([name, access]) => `${name}=${access}`).join("; "));
  }
  if (answer.page !== undefined) {
    const link = linkHeader(publicUrl(api, request), answer.page);
    if (link !== "") headers.set("link", link);
  }
  const content = answer.raw?.content ?? (answer.body === undefined ? null : Buffer.from(JSON.stringify(answer.body)));
  if (content === null) return new Response(null, { status: answer.status, headers });
  headers.set("content-type", answer.raw?.contentType ?? "application/json; charset=utf-8");
  if ((request.method === "GET" || request.method === "HEAD") && answer.status === 200) {
    const etag = etagOf(content, request.headers.get("authorization") ?? "");
    headers.set("etag", etag);
    headers.set("cache-control", "private, max-age=60, s-maxage=60");
    headers.set("vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
    const seen = request.headers
      .get("if-none-match")
      ?.split(",")
      .map((one) => one.trim().replace(/^W\//, ""));
    if (seen?.includes(etag.replace(/^W\//, ""))) return new Response(null, { status: 304, headers });
  }
  return new Response(new Uint8Array(content), { status: answer.status, headers });
}

/** The same answer has another tag for another token, as on GitHub. */
function etagOf(content: Uint8Array, authorization: string): string {
  return `W/"${createHash("sha256").update(content).update(authorization).digest("hex")}"`;
}

/** The request's address as everybody knows it: below `/api/v3`, whichever way it came. */
function publicUrl(api: string, request: Request): URL {
  const { pathname, search } = new URL(request.url);
  return new URL(`${api}${pathname}${search}`);
}

/** Where the other pages of a list are. https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api */
function linkHeader(url: URL, { number, size, total }: Page): string {
  const last = Math.max(1, Math.ceil(total / size));
  const to = (page: number, relation: string): string => {
    const target = new URL(url);
    target.searchParams.set("page", String(page));
    return `<${target.href}>; rel="${relation}"`;
  };
  const links = [
    ...(number > 1 ? [to(Math.min(number - 1, last), "prev")] : []),
    ...(number < last ? [to(number + 1, "next"), to(last, "last")] : []),
    ...(number > 1 ? [to(1, "first")] : []),
  ];
  return links.join(", ");
}
