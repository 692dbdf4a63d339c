import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import type { Mistake } from "../../domain/command/mistake.ts";
import type { PlanMaking } from "./make-plan.ts";
import type { PlaybookAsk } from "./playbook-ask.ts";

/** What to reply to a command that is refused. */
export function toRefusal(
  { source }: PlaybookAsk,
  part: Mistake | Extract<PlanMaking, { readonly ok: false }>["part"],
): ReplyPart {
  return part.kind === "mistake" ? { ...part, source } : part;
}
