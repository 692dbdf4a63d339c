import { benchCredits } from "./bench-credits.ts";
import { benchIntake } from "./intake.ts";

const [what, where] = process.argv.slice(2);
if (what === "credits" && where !== undefined) {
  await benchCredits(where);
} else if (what === "intake") {
  await benchIntake(where ?? null);
} else {
  process.stderr.write("usage: npm run bench -- credits <clone> | intake [postgres://…]\n");
  process.exitCode = 2;
}
