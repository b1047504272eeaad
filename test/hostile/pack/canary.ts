/**
 * Stands in the bodies, messages and private words of every hidden check of this pack. Whatever a candidate can obtain must
 * not contain it. Cut in two, so that a submission which looks for it does not find itself.
 */
export const HIDDEN_CANARY = ['assayer', 'hidden', '5e1f0c77b2d94a6f'].join('-');
