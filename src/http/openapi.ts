import { z } from "zod";
import type { Endpoint } from "./endpoint.js";

/** The OpenAPI 3.1 document of the endpoints, made from the schemas that read and describe them. */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): object {
  const schemas: Record<string, unknown> = {};
  const paths = {
    ...Object.fromEntries(
      endpoints.map((each) => [`/api${each.route}`, { get: operation(each, schemas) }]),
    ),
    ...SERVICE_PATHS,
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "Blotter",
      version,
      description: "The books of a futures trading bot, read-only.",
    },
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
      responses: { Problem: PROBLEM },
    },
  };
}

const textAnswer = (description: string, type: string) => ({
  "200": { description, content: { [type]: { schema: { type: "string" } } } },
  default: { $ref: "#/components/responses/Problem" },
});

const SERVICE_PATHS = {
  "/api/events": {
    get: {
      tags: ["events"],
      operationId: "events",
      summary: "What is recorded, as server-sent events; the id of an event is where to go on from",
      parameters: [
        { name: "account", in: "query", schema: { type: "string" } },
        { name: "Last-Event-ID", in: "header", schema: { type: "string" } },
        { name: "lastEventId", in: "query", schema: { type: "string" } },
      ],
      responses: textAnswer("Events in order per account", "text/event-stream"),
    },
  },
  "/healthz": {
    get: {
      tags: ["service"],
      operationId: "healthz",
      summary: "Whether the books can be read",
      security: [],
      responses: textAnswer("They can", "application/json"),
    },
  },
  "/metrics": {
    get: {
      tags: ["service"],
      operationId: "metrics",
      summary: "Figures for Prometheus",
      responses: textAnswer("Text format 0.0.4", "text/plain"),
    },
  },
};

const PROBLEM = {
  description: "Refused (RFC 9457)",
  content: {
    "application/problem+json": {
      schema: {
        type: "object",
        required: ["type", "title", "status", "detail"],
        properties: {
          type: { type: "string" },
          title: { type: "string" },
          status: { type: "integer" },
          detail: { type: "string" },
        },
      },
    },
  },
};

function operation(endpoint: Endpoint, schemas: Record<string, unknown>): object {
  const paged = "cursor" in endpoint.query.shape;
  const headers = paged
    ? { Link: { schema: { type: "string" }, description: 'The next page, rel="next"' } }
    : {};
  return {
    tags: [endpoint.tag],
    summary: endpoint.summary,
    operationId: operationId(endpoint.route),
    parameters: [
      ...parameters("path", endpoint.path, schemas),
      ...parameters("query", endpoint.query, schemas),
    ],
    responses: {
      "200": {
        description: endpoint.summary,
        headers,
        content: { "application/json": { schema: jsonSchema(endpoint.response, schemas) } },
      },
      "304": { description: "Unchanged since the ETag in If-None-Match" },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

/** `/accounts/{account}/days` is accountDays. */
function operationId(route: string): string {
  const words = route.split("/").flatMap((part) => /^\{(\w+)\}$/.exec(part)?.[1] ?? part);
  return words
    .filter((word) => word !== "")
    .flatMap((word) => word.split("-"))
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
}

function parameters(
  place: "path" | "query",
  schema: z.ZodObject,
  schemas: Record<string, unknown>,
): readonly object[] {
  const { properties = {} } = jsonSchema(schema, schemas);
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = typeof property === "boolean" ? {} : property;
    return {
      name,
      in: place,
      required: place === "path",
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

/** A schema with its named parts moved to the components. */
function jsonSchema(
  schema: z.ZodType,
  schemas: Record<string, unknown>,
): z.core.JSONSchema.BaseSchema {
  const made = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "output",
    override: ({ jsonSchema: part }) => {
      // Rows may gain fields: a client has to pass over those it does not know.
      delete part.additionalProperties;
    },
  });
  const { $schema: _, $defs: definitions = {}, ...rest } = made;
  const { id, ...root } = rest;
  const named = (part: unknown): unknown =>
    JSON.parse(JSON.stringify(part).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, definition] of Object.entries(definitions)) {
    const { id: _id, ...content } = definition;
    schemas[name] = named(content);
  }
  if (id !== undefined) {
    schemas[id] = named(root);
    return { $ref: `#/components/schemas/${id}` };
  }
  // What JSON gave back is what went in, with other references.
  return named(root) as z.core.JSONSchema.BaseSchema;
}
