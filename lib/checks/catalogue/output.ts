import type { Entry } from './entry';

/** What can be wrong with the files that are to be written, or with where they go. */
export const OUTPUT_ENTRIES = {
  FILE_EDITED: {
    meaning:
      'A file of `dist/` is not as Wayleave wrote it. It is overwritten if it is still generated, and kept if it is not; `git diff` shows what it was.',
    example: { of: 'output', text: 'NETWORK.md: an edit made here\n' },
    fix: 'Change the spec instead of the file.',
  },
  NAME_TOO_LONG: {
    meaning:
      'A name that is to be written is longer than Kubernetes takes: 63 characters for Services, Namespaces, their ports and values of labels, 15 for a container’s port, 253 for everything else. The API server refuses the object, and what depends on it waits. Most such names are put together from two that are well by themselves.',
    example: { of: 'components', text: `shop: { objects: [Namespace ${'shop-'.repeat(13)}north] }\n` },
    fix: 'Shorten one of the names that it is made of.',
  },
  OBJECT_MISPLACED: {
    meaning:
      'A component renders an object without a namespace though its kind lies in one, or with one though its kind lies in none. Without it, whoever applies the object chooses: kubectl takes the namespace of its context, Argo CD that of the Application. The message names the component and the object.',
    example: { of: 'components', text: 'shop: { objects: [Service shop] }\n' },
    fix: 'Give the object the namespace of what it belongs to; leave it out for kinds of the whole cluster.',
  },
  OBJECT_TWICE: {
    meaning:
      'Two components render one object: the same group, kind, namespace and name. The one applied last would overwrite the other.',
    example: { of: 'components', text: 'shop: { objects: [Namespace shop] }\n' },
    fix: 'Give one of the two another name, or leave the object to one component.',
  },
  OUTPUT_BLOCKED: {
    meaning:
      'Something on the disk is in the way of a file that is to be written: a folder of its name, a link, a folder that may not be written. Nothing of any cluster is changed.',
    example: { of: 'output', text: 'NETWORK.md: {} # a folder\n' },
    fix: 'Move it away or give yourself the right to write there, and run again.',
  },
  PATH_TWICE: {
    meaning:
      'Two components want a file at one path, at paths that differ in case alone, or a file where the other wants a folder.',
    example: { of: 'components', text: 'extra: { files: [/etc/rancher/k3s/config.yaml] }\n' },
    fix: 'Give one of the files another path.',
  },
  SECRET_IN_OUTPUT: {
    meaning:
      'A file that is to be written holds what looks like the value of a secret: a private key, a token, a password in an address, a Secret with data. `dist/` is committed to git, where a secret stays readable for ever. The message names the place and never the value.',
    example: { of: 'spec', text: 'k3s: { extraFlags: { agent: { token: correct-horse-battery } } }\n' },
    fix: 'Take it out of the spec, change it wherever it is in use, and refer to it by the name of a Secret or of a file.',
  },
} as const satisfies Readonly<Record<string, Entry>>;
