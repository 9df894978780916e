import { invalid } from "../../../domain/errors.js";

export const DEFAULT_BASE_URL = "https://api.topstepx.com";

/** What a client needs to log in. Keep it out of logs. */
export interface ProjectXCredentials {
  readonly baseUrl: string;
  readonly userName: string;
  readonly apiKey: string;
}

/**
 * The credentials in `PROJECTX_USERNAME`, `PROJECTX_API_KEY` and, optionally, `PROJECTX_BASE_URL`.
 *
 * @throws BlotterError `invalid` naming the variable that is missing or wrong; never its value
 */
export function projectXCredentials(
  environment: Readonly<Record<string, string | undefined>>,
): ProjectXCredentials {
  const baseUrl = environment.PROJECTX_BASE_URL?.trim() || DEFAULT_BASE_URL;
  gatewayUrl(baseUrl, "PROJECTX_BASE_URL");
  return {
    baseUrl,
    userName: variable(environment, "PROJECTX_USERNAME", "the user name of the ProjectX account"),
    apiKey: variable(environment, "PROJECTX_API_KEY", "an API key of that user"),
  };
}

function variable(
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  meaning: string,
): string {
  const value = environment[name]?.trim();
  if (value) return value;
  throw invalid(`${name} is not set; it must hold ${meaning}`);
}

/**
 * A gateway's address, with or without its `/api`. Plain HTTP is for this computer only: the key
 * travels in the body.
 *
 * @throws BlotterError `invalid`
 */
export function gatewayUrl(text: string, what: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && local);
  if (url === null || !secure || url.username !== "" || url.password !== "") {
    throw invalid(`${what} must be an https address such as ${DEFAULT_BASE_URL}`);
  }
  url.pathname = `${url.pathname.replace(/\/+$/, "").replace(/\/api$/, "")}/`;
  url.search = "";
  url.hash = "";
  return url;
}
