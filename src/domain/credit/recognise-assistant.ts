import { asciiLowerCase } from "../ascii-lower-case.ts";
import { type AssistantMarks, assistantTable } from "./assistant-table.ts";
import { type Identity, parseNoreplyAddress } from "./identity.ts";

const byAddress = indexBy((marks) => marks.addresses);
const byLogin = indexBy((marks) => marks.logins);
const byName = indexBy((marks) => marks.names);

/** The name of the assistant or bot that an identity belongs to, or null for a person. */
export function recogniseAssistant(identity: Identity): string | null {
  const address = asciiLowerCase(identity.address ?? "");
  const name = asciiLowerCase(identity.name);
  const login = name.endsWith("[bot]") ? name : parseNoreplyAddress(address)?.login;
  return (
    byAddress.get(address) ??
    (login === undefined ? undefined : byLogin.get(login)) ??
    byName.get(name) ??
    assistantTable.find((marks) => marks.namePrefixes?.some((prefix) => name.startsWith(prefix)))?.name ??
    (login?.endsWith("[bot]") ? login : null)
  );
}

function indexBy(marksOf: (marks: AssistantMarks) => readonly string[] | undefined): ReadonlyMap<string, string> {
  return new Map(assistantTable.flatMap((marks) => (marksOf(marks) ?? []).map((mark) => [mark, marks.name] as const)));
}
