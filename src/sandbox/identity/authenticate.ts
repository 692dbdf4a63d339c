import { createPublicKey } from "node:crypto";
import { decodeJwt, errors, jwtVerify } from "jose";
import type { Forge } from "../forge.ts";
import type { App } from "../model/app.ts";
import { Refusal } from "../refusal.ts";
import { type Caller, grants } from "./access.ts";

/** How far two clocks may be apart, and how far ahead a token may expire, in seconds. GitHub forgives nothing of the ten minutes. */
const clockTolerance = 60;
const longestLife = 10 * 60;

/**
 * Finds out who asks, by the header `Authorization`. Throws GitHub's 401 where a credential is wrong, expired or
 * revoked, and 403 where the installation is suspended. The rules of an app's token are those of
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export async function authenticate(forge: Forge, authorization: string | null): Promise<Caller> {
  if (authorization === null || authorization.trim() === "") return { kind: "anonymous" };
  const [, scheme = "", credential = ""] = /^\s*(\S+)\s+(.*?)\s*$/.exec(authorization) ?? [];
  switch (scheme.toLowerCase()) {
    case "bearer":
      return credential.split(".").length === 3 ? authenticateApp(forge, credential) : findToken(forge, credential);
    case "token":
      return findToken(forge, credential);
    case "basic":
      return findToken(forge, readBasic(credential));
    default:
      throw badCredentials();
  }
}

/** git sends the token as the password, and some clients as the user name. */
function readBasic(credential: string): string {
  const [name = "", ...password] = Buffer.from(credential, "base64").toString("utf8").split(":");
  return password.join(":") || name;
}

function findToken({ state, clock }: Forge, text: string): Caller {
  const token = state.tokens.get(text);
  if (token === undefined) throw badCredentials();
  if (token.kind === "user") return { kind: "user", account: token.account };
  if (token.expiresAt <= clock()) throw badCredentials();
  const { installation, repositories } = token;
  // What was taken back since is taken from tokens too.
  const permissions = Object.fromEntries(
    Object.entries(token.permissions).flatMap(([name, access]) => {
      const granted = installation.permissions[name] ?? (name === "metadata" ? "read" : undefined);
      if (granted === undefined) return [];
      return [[name, grants(installation.permissions, [name, access]) ? access : granted]];
    }),
  );
  if (installation.suspended !== null) throw new Refusal(403, "This installation has been suspended");
  return { kind: "installation", installation, permissions, repositories, token: text };
}

async function authenticateApp(forge: Forge, token: string): Promise<Caller> {
  const app = findIssuer(forge, token);
  const now = forge.clock();
  try {
    const { payload } = await jwtVerify(token, createPublicKey(app.publicKey), {
      algorithms: ["RS256"],
      currentDate: now,
      clockTolerance,
      requiredClaims: ["iat", "exp"],
    });
    const seconds = Math.floor(now.getTime() / 1000);
    if ((payload.exp ?? 0) - seconds > longestLife) {
      throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
    }
    if ((payload.iat ?? 0) - seconds > clockTolerance) {
      throw new Refusal(
        401,
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
      );
    }
    return { kind: "app", app };
  } catch (error) {
    throw refusalFor(error);
  }
}

function findIssuer({ state }: Forge, token: string): App {
  let issuer: unknown;
  try {
    issuer = decodeJwt(token).iss;
  } catch {
    throw undecodable();
  }
  const app = [...state.apps.values()].find(({ id, clientId }) => String(id) === String(issuer) || clientId === issuer);
  if (app === undefined) throw new Refusal(404, "Integration not found");
  return app;
}

function refusalFor(error: unknown): unknown {
  if (
    error instanceof errors.JWTExpired ||
    (error instanceof errors.JWTClaimValidationFailed && error.claim === "exp")
  ) {
    const rule = "must be a numeric value representing the future time at which the assertion expires";
    return new Refusal(401, `'Expiration time' claim ('exp') ${rule}`);
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new Refusal(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  return error instanceof errors.JOSEError ? undecodable() : error;
}

function undecodable(): Refusal {
  return new Refusal(401, "A JSON web token could not be decoded");
}

function badCredentials(): Refusal {
  return new Refusal(401, "Bad credentials");
}
