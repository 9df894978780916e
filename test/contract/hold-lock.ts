import { once } from "node:events";
import Database from "better-sqlite3";

/** Holds a SQLite file's write lock until a line comes on stdin. */
const database = new Database(process.argv[2] ?? "");
database.exec("begin immediate");
console.log("held");
await once(process.stdin, "data");
database.exec("rollback");
database.close();
console.log("released");
process.stdin.destroy();
