import { createHmac, randomBytes } from "node:crypto";
import { isSameText } from "../is-same-text.ts";

/** Who has shown the token, as their browser says by a cookie: any process that has the same token knows it again. */
export interface Sessions {
  readonly isToken: (text: string) => boolean;
  /** What the cookie holds: when it ends, a number, and a signature of both. */
  readonly open: () => string;
  readonly isOpen: (session: string) => boolean;
  /** What a form carries that a page of ours showed to this session. */
  readonly formToken: (session: string) => string;
}

/** In seconds: a working day. */
export const sessionLength = 8 * 60 * 60;

export function createSessions(token: string, clock: () => Date): Sessions {
  function sign(text: string): string {
    return createHmac("sha256", token).update(text).digest("base64url");
  }
  return {
    isToken: (text) => isSameText(text, token),
    open: () => {
      const end = Math.floor(clock().getTime() / 1000) + sessionLength;
      const text = `${end}.${randomBytes(16).toString("base64url")}`;
      return `${text}.${sign(`session ${text}`)}`;
    },
    isOpen: (session) => {
      const [end = "", number = "", signature = ""] = session.split(".");
      const isOurs = isSameText(signature, sign(`session ${end}.${number}`));
      return isOurs && Number(end) * 1000 > clock().getTime();
    },
    formToken: (session) => sign(`form ${session}`),
  };
}
