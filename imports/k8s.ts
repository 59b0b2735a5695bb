/**
 * Typed core objects of Kubernetes. They are read from the file itself and not through `cdk8s-plus-28`, whose other
 * classes nothing here uses and which take half as long again to load.
 */
export * from 'cdk8s-plus-28/lib/imports/k8s';
