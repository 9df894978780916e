import { z } from "zod";
import { endpoint } from "../endpoint.js";
import { count } from "../plain-schemas.js";

export const quarantineEndpoints = [
  endpoint({
    route: "/quarantine",
    tag: "quarantine",
    summary: "How many reports could not be booked and wait for a person",
    path: z.object({}),
    query: z.object({}),
    response: z.object({ waiting: count() }).meta({ id: "QuarantineCount" }),
    async answer({ books }) {
      const waiting = await books.store.read((repos) => repos.quarantine.countWaiting());
      return { body: { waiting } };
    },
  }),
];
