import { postgresPlace } from "./store-place.js";
import { describeViews } from "./views.js";

describeViews(postgresPlace);
