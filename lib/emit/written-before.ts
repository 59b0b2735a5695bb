import { printFile, type Disk } from './disk';
import { Folder } from './folder';

/** What lies in a cluster's folder, for those who compare. What cannot be read is said when it is to be written. */
export interface WrittenBefore {
  /** Whether something stands at a path below the folder; also where the disk does not let one see. */
  has(path: string): boolean;
  /** The text of a file; undefined if there is none that may be read. */
  read(path: string): string | undefined;
  /** What a reader would type to see that file. */
  place(path: string): string;
}

export function writtenBefore(disk: Disk, path: string): WrittenBefore {
  let opened: Folder | undefined;
  const folder = () => (opened ??= new Folder(disk, path));
  return {
    has: (file) => unlessRefused(() => folder().kind(file) !== undefined) ?? true,
    read: (file) => unlessRefused(() => (folder().kind(file) === 'file' ? folder().read(file).toString() : undefined)),
    place: (file) => printFile(`${path}/${file}`),
  };
}

/** What a look at the disk gives; undefined where the disk does not let it. */
function unlessRefused<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
