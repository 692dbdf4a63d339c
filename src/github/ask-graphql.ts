import type { Octokit } from "@octokit/core";
import { z } from "zod";
import type { QueryAnswer } from "./github-client.ts";
import { readWait } from "./translate-error.ts";

interface Question {
  /** Of REST. */
  readonly baseUrl: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly clock: () => Date;
}

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        type: z.string().optional(),
        path: z.array(z.union([z.string(), z.number()])).default([]),
      }),
    )
    .default([]),
});

/** Asks a query. `moment` is when GitHub listens again, where the answer says that its limit is reached; else null. */
export async function askGraphql(
  octokit: Pick<Octokit, "request">,
  { baseUrl, text, variables, clock }: Question,
): Promise<QueryAnswer & { readonly moment: Date | null }> {
  const { data: body, headers } = await octokit.request(`POST ${graphqlUrl(baseUrl)}`, { query: text, variables });
  const { data, errors } = answerSchema.parse(body);
  const isLimited = errors.some(({ type }) => type === "RATE_LIMITED");
  return { data, errors, moment: isLimited ? readWait({ ...headers, "x-ratelimit-remaining": "0" }, clock()) : null };
}

/** A GitHub Enterprise Server has it beside `/api/v3`, and not below. */
function graphqlUrl(baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/, "").replace(/\/api\/v3$/, "/api")}/graphql`;
}
