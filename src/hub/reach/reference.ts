import { randomInt } from 'node:crypto';

/** No letters or digits that are taken for each other when they are read out: no 0 and O, 1, I and L, U and V. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ';
/** 29^8 are 5e11: among a million records of a tenant two meet with a chance of one in a million for each new one. */
const LENGTH = 8;

/** A short code for a record of a refusal, which a person can read out to the administrator. */
export const newReference = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
