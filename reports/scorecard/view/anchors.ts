/** Targets of links inside the page. Ids are made of harmless characters alone, whatever a pack calls its checks. */
export const checkAnchor = (id: string): string => `check-${id.replace(/[^A-Za-z0-9_-]/g, '_')}`;
export const topicAnchor = (id: string): string => `topic-${id}`;
