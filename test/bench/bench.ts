import { benchCredits } from "./bench-credits.ts";

const [what, clone] = process.argv.slice(2);
if (what === "credits" && clone !== undefined) {
  await benchCredits(clone);
} else {
  process.stderr.write("usage: npm run bench -- credits <clone>\n");
  process.exitCode = 2;
}
