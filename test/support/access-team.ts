/** A team of Cloudflare Access: assertions signed with keys made here, which the team's address is made to serve. */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { vi } from "vitest";

const TEAM = "team.cloudflareaccess.test";
const AUDIENCE = "the-application";

export interface Claims {
  readonly payload?: JWTPayload;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string | number;
  /** Sign with a key that the team does not have. */
  readonly isForged?: boolean;
}

export interface AccessTeam {
  /** Variables of a deployment behind it. */
  readonly vars: { readonly ACCESS_TEAM_DOMAIN: string; readonly ACCESS_AUD: string };
  readonly certificatesUrl: string;
  /** Addresses that were fetched since it began, whatever they are. */
  readonly fetched: readonly string[];
  sign(claims?: Claims): Promise<string>;
}

/** Takes the place of the global `fetch` until mocks are restored. */
export async function startAccessTeam(): Promise<AccessTeam> {
  const [keys, others] = await Promise.all([makeKeys(), makeKeys()]);
  const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256" }] };
  const fetched: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    fetched.push(String(input));
    return Response.json(jwks);
  });
  return {
    vars: { ACCESS_TEAM_DOMAIN: TEAM, ACCESS_AUD: AUDIENCE },
    certificatesUrl: `https://${TEAM}/cdn-cgi/access/certs`,
    fetched,
    sign({ payload = { email: "mia@example.com" }, issuer, audience, expires, isForged } = {}) {
      return new SignJWT(payload)
        .setProtectedHeader({ alg: "RS256", kid: "1" })
        .setIssuer(issuer ?? `https://${TEAM}`)
        .setAudience(audience ?? AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(expires ?? "10m")
        .sign((isForged ? others : keys).privateKey);
    },
  };
}

function makeKeys(): Promise<CryptoKeyPair> {
  return generateKeyPair("RS256", { extractable: true });
}
