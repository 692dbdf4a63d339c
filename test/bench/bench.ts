import { benchBackfill } from "./bench-backfill.ts";
import { benchComment } from "./bench-comment.ts";
import { benchCredits } from "./bench-credits.ts";
import { benchEvent } from "./bench-event.ts";
import { benchIntake } from "./bench-intake.ts";
import { benchLedger } from "./bench-ledger.ts";
import { benchMemory } from "./bench-memory.ts";
import { benchPlaybook } from "./bench-playbook.ts";

const [what, where, other] = process.argv.slice(2);
if (what === "credits" && where !== undefined) {
  await benchCredits(where);
} else if (what === "intake") {
  await benchIntake(where ?? null);
} else if (what === "backfill" && where !== undefined) {
  await benchBackfill(where, other ?? null);
} else if (what === "comment") {
  await benchComment();
} else if (what === "event") {
  await benchEvent();
} else if (what === "ledger") {
  await benchLedger(where ?? null);
} else if (what === "playbook") {
  await benchPlaybook();
} else if (what === "memory") {
  await benchMemory();
} else {
  process.stderr.write(
    "usage: npm run bench -- credits <clone> | intake [postgres://…] | backfill <clone> [postgres://…] | comment | event " +
      "| ledger [postgres://…] | memory | playbook\n",
  );
  process.exitCode = 2;
}
