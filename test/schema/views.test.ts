import { sqlitePlace } from "./store-place.js";
import { describeViews } from "./views.js";

describeViews(sqlitePlace);
