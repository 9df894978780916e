import { postgres } from "../stores.js";
import { describeMalformed } from "./malformed-contract.js";

describeMalformed(postgres, 100_000);
