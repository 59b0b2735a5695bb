import Ajv, { type ValidateFunction } from 'ajv';
import { describeObject, groupOf, type DistObject } from './dist';
import { realCrds } from './reference';
import { strictSchema } from './strict-schema';

/** Groups of Kubernetes itself; every other group needs a CRD. */
const BUILT_IN = [
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apps',
  'batch',
  'discovery.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
];

const CRDS = realCrds();
const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const compiled = new Map<string, ValidateFunction>();

/** What an API server with the real CRDs would refuse of these objects. */
export function refusals(objects: readonly DistObject[]): string[] {
  return objects.flatMap((object) => refusalsOf(object).map((problem) => `${describeObject(object)}: ${problem}`));
}

function refusalsOf(object: DistObject): string[] {
  const group = groupOf(object);
  const crd = CRDS.get(`${group}/${object.kind}`);
  if (crd === undefined)
    return BUILT_IN.includes(group) ? [] : [`no CRD of ${group}/${object.kind} to check it against`];
  if ((crd.scope === 'Namespaced') !== (object.metadata.namespace !== undefined)) return [`is ${crd.scope}`];
  const validate = validator(object);
  if (validate === undefined) return [`${object.apiVersion} is not served`];
  const { file: _file, ...json } = object;
  if (validate(json)) return [];
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
  );
}

function validator(object: DistObject): ValidateFunction | undefined {
  const key = `${object.apiVersion}/${object.kind}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const schema = CRDS.get(`${groupOf(object)}/${object.kind}`)?.schemas.get(
    object.apiVersion.slice(object.apiVersion.indexOf('/') + 1),
  );
  if (schema === undefined) return undefined;
  const validate = ajv.compile(strictSchema(schema));
  compiled.set(key, validate);
  return validate;
}
