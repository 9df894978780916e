/** Rule set documents by name, in JSON's own values. */
export type PresetDocuments = Readonly<Record<string, object>>;
