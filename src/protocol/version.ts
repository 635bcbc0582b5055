/** Raised when either side would misread the other. Compared before anything else; the refusal says which side is old. */
export const PROTOCOL_VERSION = 1;
