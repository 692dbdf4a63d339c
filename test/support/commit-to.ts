import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import type { Forge } from "../../src/sandbox/forge.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { by } from "./graphql-sandbox.ts";

/** A commit on a branch, which begins at main where it is new; each of its files is one of its own. Gives its id. */
export async function commitTo(
  forge: Forge,
  repository: Repository,
  { branch, author, message }: { branch: string; author: Account; message: string },
): Promise<string> {
  const tip = await tipOf(forge, repository, branch);
  if (tip === null) {
    const to = await tipOf(forge, repository, "main");
    await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: null, to }] }, by(author));
  }
  const path = `${branch}/${forge.randomBytes(8).toString("hex")}.txt`;
  const files = [{ path, mode: "100644", content: Buffer.from(message) }];
  const [email = ""] = author.addresses;
  const signature = { name: author.name ?? author.login, email, date: forge.clock(), offset: "+0000" };
  return writeFiles(forge, { repository, branch, files, message, author: signature }, by(author));
}
