import { ApiObject, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';

/**
 * A Kubernetes object whose data is plain and in its order. Of every value of another one cdk8s asks whether it is lazy
 * or a union, and copies it three times or four, which is most of the cost of any object.
 */
class PlainObject extends ApiObject {
  constructor(
    scope: Construct,
    id: string,
    private readonly object: ApiObjectProps,
  ) {
    super(scope, id, object);
  }

  override toJson(): ApiObjectProps {
    return this.object;
  }
}

/** A class of `imports/`, as far as it knows how its objects are written. */
interface Kind<Props> {
  readonly GVK: { readonly apiVersion: string; readonly kind: string };
  manifest(props: Props): unknown;
}

/**
 * Adds an object of a kind: what `new kind(scope, id, props)` does, and its JSON is the same, but that metadata keeps
 * what is empty.
 */
export function addObject<Props>(kind: Kind<Props>, scope: Construct, id: string, props: Props): void {
  new PlainObject(scope, id, kind.manifest(sorted(props)) as ApiObjectProps);
}

type Plain = Readonly<Record<string, unknown>>;

/** Adds one whose properties are written as Kubernetes has them, and are copied but once: it may be very large. */
export function addPlainObject({ GVK }: Pick<Kind<never>, 'GVK'>, scope: Construct, id: string, props: Plain): void {
  new PlainObject(scope, id, { ...GVK, ...sorted(props) });
}

/**
 * A copy with its keys in order, without those that are undefined. What cannot change is no copy: whoever froze it has
 * its keys in order, and it may stand in many objects.
 */
function sorted<T>(value: T): T;
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return (value as unknown[]).map((item) => sorted(item));
  // Numbers or texts are in classes of their own where either may stand.
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    const item = sorted((value as Plain)[key]);
    if (item !== undefined) copy[key] = item;
  }
  return copy;
}
