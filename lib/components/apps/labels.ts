import type { App } from '../../spec/app';

/** The labels of an app's pods. Source of the default: Kubernetes docs, recommended labels. */
export function podLabels(name: string, app: App): Readonly<Record<string, string>> {
  return app.selector ?? { 'app.kubernetes.io/name': name };
}
