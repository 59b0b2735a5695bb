/**
 * Something that shows a fault, as text: what is shown is what is run.
 *
 * - `spec`: a part of a spec, laid over the sample; `without`: in a Wayleave that has not got this component
 * - `file`: the whole text of a spec's file
 * - `clusters`: parts of several specs by file, each laid over the sample
 * - `upgrade`: `before`, laid over the sample, and `after`, laid over that; `changed`: files of the former tree, as they are now
 * - `components`: made-up components beside the real ones, on the sample
 * - `output`: what lies in `dist/home/` before the sample is written; a mapping is a folder
 * - `manifests`: Kubernetes manifests, whoever wrote them
 * - `policies`: manifests beside the sample's own, or instead of one of the same name
 */
export interface Example {
  readonly of: 'spec' | 'file' | 'clusters' | 'upgrade' | 'components' | 'output' | 'manifests' | 'policies';
  /** YAML. */
  readonly text: string;
  readonly without?: string;
  /** Shows what is worth knowing of a spec and no fault. */
  readonly notices?: true;
}

/** What there is to say about one code. Texts are plain, without markup. */
export interface Entry {
  /** What it means and why it is refused, or only reported. */
  readonly meaning: string;
  /** Gives this code and no other. */
  readonly example: Example;
  /** What to do about it. */
  readonly fix: string;
  /** Threads of those who met it without being told: `k3s-io/k3s#588`. */
  readonly seen?: readonly string[];
}
