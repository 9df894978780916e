import { schemaDrift } from "./schema/drift.js";
import { REPOSITORY } from "./schema/drizzle-kit.js";

/** `npm run db:check`: fails unless the migrations make exactly what the schema files say. */
const drift = await schemaDrift(REPOSITORY);
for (const disagreement of drift) console.error(disagreement);
if (drift.length > 0) process.exitCode = 1;
else console.log("schemas and migrations agree");
