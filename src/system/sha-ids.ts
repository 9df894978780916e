import { createHash, hash } from "node:crypto";
import type { Digest, Ids } from "../ports/ids.js";

/** Blotter's own namespace for name-based ids; never to change, or every id would. */
const NAMESPACE = Buffer.from("6f1c1f2e8d3b5c0a9e47b10c77e2d451", "hex");

/** Ids and checksums from the SHA family. */
export class ShaIds implements Ids {
  uuid(name: string): string {
    const bytes = hash("sha1", Buffer.concat([NAMESPACE, Buffer.from(name, "utf8")]), "buffer");
    // RFC 9562: version 5 in the seventh byte, the variant in the ninth.
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    const hex = bytes.toString("hex", 0, 16);
    return [0, 8, 12, 16, 20].map((at, i) => hex.slice(at, [8, 12, 16, 20, 32][i])).join("-");
  }

  checksum(text: string): string {
    return hash("sha256", text, "hex").slice(0, 16);
  }

  digest(): Digest {
    const digest = createHash("sha256");
    return { update: (text) => void digest.update(text), hex: () => digest.digest("hex") };
  }
}
