import { and, asc, eq, sql } from "drizzle-orm";
import type { Annotation, AnnotationTarget } from "../../domain/annotation.js";
import type { AccountId, OrderId } from "../../domain/ids.js";
import type {
  AnnotationPlace,
  AnnotationRepository,
} from "../../ports/performance-repositories.js";
import { columnsWithout, excluded } from "./columns.js";
import type { Session } from "./handle.js";

type StoredAnnotation = Omit<Annotation, "tags"> & { readonly tags: string };

export class DrizzleAnnotationRepository implements AnnotationRepository {
  constructor(private readonly session: Session) {}

  async get(
    accountId: AccountId,
    target: AnnotationTarget,
    id: string,
  ): Promise<Annotation | null> {
    const { db, t } = this.session.handle;
    const [row] = await db
      .select(columnsWithout(t.annotations, "id", "createdAt", "updatedAt"))
      .from(t.annotations)
      .where(this.#isOn(accountId, target, id));
    return row ? annotationOf(row) : null;
  }

  async list(accountId: AccountId): Promise<readonly Annotation[]> {
    const { db, t } = this.session.handle;
    const rows = await db
      .select(columnsWithout(t.annotations, "id", "createdAt", "updatedAt"))
      .from(t.annotations)
      .where(eq(t.annotations.accountId, accountId))
      .orderBy(asc(t.annotations.target), asc(t.annotations.targetId));
    return rows.map(annotationOf);
  }

  async places(
    accountId: AccountId,
    orders?: readonly OrderId[],
  ): Promise<readonly AnnotationPlace[]> {
    const h = this.session.handle;
    const { annotations: a, orders: o, fills: f } = h.t;
    const { target, targetId } = a;
    const { orderId } = o;
    const among = orders && sql`${orderId} in ${h.texts(orders)}`;
    const onOrders = await h.db
      .select({ target, targetId, orderId })
      .from(a)
      .innerJoin(o, and(eq(o.accountId, a.accountId), eq(o.orderId, a.targetId)))
      .where(and(eq(a.accountId, accountId), eq(a.target, "order"), among));
    const { fillKey, state, standIn } = f;
    const onFills = await h.db
      .select({ target, targetId, orderId, fill: { fillKey, state, standIn } })
      .from(a)
      .innerJoin(f, and(eq(f.accountId, a.accountId), eq(f.fillId, a.targetId)))
      .innerJoin(o, and(eq(o.accountId, f.accountId), eq(o.orderId, f.orderId)))
      .where(and(eq(a.accountId, accountId), eq(a.target, "fill"), among));
    return [...onOrders.map((place) => ({ ...place, fill: null })), ...onFills];
  }

  async save(annotation: Annotation): Promise<void> {
    const { handle, now } = this.session;
    const { annotations } = handle.t;
    const tags = JSON.stringify(annotation.tags);
    await handle.db
      .insert(annotations)
      .values({ ...annotation, tags, createdAt: now, updatedAt: now })
      .onConflictDoUpdate({
        target: [annotations.accountId, annotations.target, annotations.targetId],
        set: excluded(annotations, "id", "accountId", "target", "targetId", "createdAt"),
      });
  }

  async remove(accountId: AccountId, target: AnnotationTarget, id: string): Promise<void> {
    const { db, t } = this.session.handle;
    await db.delete(t.annotations).where(this.#isOn(accountId, target, id));
  }

  #isOn(accountId: AccountId, target: AnnotationTarget, id: string) {
    const { annotations } = this.session.handle.t;
    return and(
      eq(annotations.accountId, accountId),
      eq(annotations.target, target),
      eq(annotations.targetId, id),
    );
  }
}

function annotationOf({ tags, ...rest }: StoredAnnotation): Annotation {
  // The column holds what `save` wrote: an array of texts.
  return { ...rest, tags: JSON.parse(tags) as readonly string[] };
}
