/** What lies in a folder. */
export interface FolderEntry {
  /** With `/`, relative to the folder. */
  readonly path: string;
  readonly bytes: number;
  /** `false`: a symbolic link or a device, which is not followed. */
  readonly isFile: boolean;
}

/** What a folder holds itself. */
export interface FolderChild {
  readonly name: string;
  /** `other`: a symbolic link or a device, which is not followed. */
  readonly kind: "file" | "folder" | "other";
}

export interface WriteOptions {
  /** `false`: it may be lost when the machine stops, as a cache may. */
  readonly lasting?: boolean;
  /** The bytes come after those that are there, and may be cut short where the process ends; left out: they replace them. */
  readonly appends?: boolean;
}

/** The disk. Writes go to a temporary file first and are renamed. Paths are absolute. */
export interface Files {
  read(path: string): Promise<Uint8Array | null>;
  /** All that is no folder, at any depth, sorted by path; empty where there is no such folder. */
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** What lies in a folder itself, in no order; empty where there is no such folder, or it may not be read. */
  children(folder: string): Promise<readonly FolderChild[]>;
  write(path: string, bytes: Uint8Array, options?: WriteOptions): Promise<void>;
  remove(path: string): Promise<void>;
}

/** A folder for temporary files, of whoever asked for it. */
export interface ScratchFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** What lies in the git common directory for a moment. */
export interface Scratch {
  /** An empty folder; a machine's own where the git common directory cannot be written. */
  open(commonDir: string): Promise<ScratchFolder>;
  /** Removes what processes left that were killed; nothing of one that runs. */
  removeLeftBehind(commonDir: string): Promise<void>;
}
