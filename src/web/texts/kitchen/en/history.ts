/** Training runs and the audit log, in English. */

export const history = {};
