import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * A Kubernetes object of nothing but plain data. Of every value of another one cdk8s asks whether it is lazy or a
 * union, and copies it three times or four: of an object of a thousand addresses or ports that is most of its cost.
 */
export class PlainObject extends ApiObject {
  constructor(
    scope: Construct,
    id: string,
    private readonly object: ApiObjectProps & Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, object);
  }

  /** In cdk8s's order: keys sorted, behind the three that name the object. */
  override toJson(): Record<string, unknown> {
    const { apiVersion, kind, metadata: _, ...rest } = this.object;
    return { apiVersion, kind, metadata: this.metadata.toJson() as unknown, ...(sorted(rest) as object) };
  }
}

/** A copy without what is undefined. @throws TypeError for what is no plain data */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new TypeError(`an object of plain data cannot hold a ${value.constructor.name}`);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const item = sorted((value as Readonly<Record<string, unknown>>)[key]);
    if (item !== undefined) copy[key] = item;
  }
  return copy;
}
