import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { projectXCredentials } from "../../../../src/brokers/projectx/client/credentials.js";
import { BlotterError } from "../../../../src/domain/errors.js";
import {
  API_KEY,
  refusal,
  ScriptedGateway,
  status,
  success,
  thrownBy,
} from "./scripted-gateway.js";

const TOKEN = "session/0f3a+77";

/** Of another session, as a proxy may tell it. */
const JWT = "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Everything that a log could print of a value. */
function printed(value: unknown): string {
  const texts = [
    String(value),
    JSON.stringify(value),
    inspect(value, { showHidden: true, depth: 9 }),
  ];
  if (value instanceof Error) texts.push(value.stack ?? "", inspect(value.cause, { depth: 9 }));
  return texts.join("\n");
}

function expectNoSecret(text: string, tokens: readonly string[] = [TOKEN, JWT]): void {
  for (const secret of [API_KEY, encodeURIComponent(API_KEY), ...tokens]) {
    expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/Bearer /);
}

/** Answers that repeat what was sent, as a careless server or proxy does. */
const LEAKS: readonly (readonly [string, () => Response])[] = [
  ["the gateway's own message", () => refusal(1, `no rights for ${TOKEN} or ${JWT} of ${API_KEY}`)],
  ["an error of the server", () => status(500)],
  [
    "a network error",
    () => {
      const cause = new Error(`header Authorization: Bearer ${TOKEN} is wrong`);
      throw new TypeError(`cannot send ${encodeURIComponent(API_KEY)}`, { cause });
    },
  ],
  [
    "an error that is no Error",
    () => {
      throw { key: API_KEY, toString: () => API_KEY };
    },
  ],
];

describe("no key and no token", () => {
  it.each(LEAKS)("is in an error or a warning after %s", async (_what, answer) => {
    const gateway = new ScriptedGateway();
    gateway.on("Auth/loginKey", () => success({ token: TOKEN }));
    for (const path of ["Account/search", "Order/place"]) gateway.on(path, answer);
    const client = gateway.client();
    const order = { accountId: "900", contractId: "X", quantity: 1 } as const;
    const calls = [
      thrownBy(client.accounts()),
      thrownBy(client.placeOrder({ ...order, side: "BUY", orderType: "MARKET" })),
    ];
    await vi.advanceTimersByTimeAsync(120_000);
    for (const error of await Promise.all(calls)) {
      expect(error).toBeInstanceOf(BlotterError);
      expectNoSecret(printed(error));
    }
    expectNoSecret(gateway.warnings.join("\n"));
    expect(gateway.asked("Account/search")[0]?.token).toBe(TOKEN);
  });

  it.each(LEAKS)("is in an error of the login after %s", async (_what, answer) => {
    const gateway = new ScriptedGateway();
    gateway.on("Auth/loginKey", answer);
    const error = thrownBy(gateway.client().accounts());
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await error).toBeInstanceOf(BlotterError);
    // The token was never given to us, so only its looks can tell it.
    expectNoSecret(printed(await error), [JWT]);
    expectNoSecret(gateway.warnings.join("\n"), [JWT]);
  });

  it("is seen in a client, before and after its login", async () => {
    const gateway = new ScriptedGateway();
    gateway.on("Auth/loginKey", () => success({ token: TOKEN }));
    const client = gateway.client();
    expectNoSecret(printed(client));
    expect(await client.accessToken()).toBe(TOKEN);
    expectNoSecret(printed(client));
    expectNoSecret(inspect({ client }, { showProxy: true, getters: true, depth: 20 }));
    expectNoSecret(Object.keys(client).join());
  });
});

describe("credentials in the environment", () => {
  const environment = { PROJECTX_USERNAME: "trader", PROJECTX_API_KEY: API_KEY };

  it("are a name and a key, at TopstepX unless said otherwise", () => {
    expect(projectXCredentials(environment)).toEqual({
      baseUrl: "https://api.topstepx.com",
      userName: "trader",
      apiKey: API_KEY,
    });
    const elsewhere = { ...environment, PROJECTX_BASE_URL: "http://127.0.0.1:8080/api/" };
    expect(projectXCredentials(elsewhere).baseUrl).toBe("http://127.0.0.1:8080/api/");
  });

  it.each(["PROJECTX_USERNAME", "PROJECTX_API_KEY"])("lack %s by name", (variable) => {
    for (const value of [undefined, "", " "]) {
      expect(() => projectXCredentials({ ...environment, [variable]: value })).toThrow(
        expect.objectContaining({
          code: "invalid",
          message: expect.stringMatching(new RegExp(`^${variable} is not set`)),
        }),
      );
    }
  });

  it.each([
    "api.topstepx.com",
    "http://api.topstepx.com",
    "ftp://api.topstepx.com",
    "https://me:secret@api.topstepx.com",
  ])("go to no address such as %s", (url) => {
    const wrong = { ...environment, PROJECTX_BASE_URL: url };
    expect(() => projectXCredentials(wrong)).toThrow(
      /^PROJECTX_BASE_URL must be an https address such as https:\/\/api.topstepx.com$/,
    );
    expect(() => new ScriptedGateway().client({ baseUrl: url })).toThrow(/^baseUrl must be/);
  });

  it.each([
    "https://gateway.example",
    "https://gateway.example/",
    "https://gateway.example/api",
    "https://gateway.example/api/",
  ])("reach the gateway at %s", async (baseUrl) => {
    const gateway = new ScriptedGateway();
    await gateway.client({ baseUrl }).accessToken();
    expect(gateway.asked("Auth/loginKey")).toHaveLength(1);
  });
});
