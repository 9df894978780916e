import { describeMigrations } from "./migrations.js";
import { postgresPlace } from "./store-place.js";

describeMigrations(postgresPlace);
